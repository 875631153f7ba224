//! Not read yet.
use super::parse::{Raw, Refused};
pub(super) fn read(_: &[u8]) -> Result<Raw, Refused> {
    Err(("this is not read yet".to_owned(), "leave it out"))
}
