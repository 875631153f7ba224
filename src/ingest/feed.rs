//! Not read yet.
use super::pieces::{Ended, Place, Reader, Stop};
use std::io::BufRead;
pub(super) fn read(_: &mut Reader, _: &Place, _: &mut dyn BufRead) -> Ended {
    Err(Stop::Broken(
        "this is not read yet".to_owned(),
        "leave it out",
    ))
}
