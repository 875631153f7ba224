//! From a [`Story`](crate::resolve::Story) to files for other programs, one
//! module a format. Formats only; writes to no file.

mod codes;
pub mod json;
