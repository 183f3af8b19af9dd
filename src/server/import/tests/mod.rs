//! Whole files, as they come.

mod bombs;
mod encodings;
mod messy;
mod report;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use super::head::Head;
use super::*;

fn options() -> Options {
    Options::of(&Shop::default(), "2026-11-24T12:00:00Z".parse().unwrap())
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn decode(bytes: Vec<u8>) -> Result<Orders, OpenError> {
    Orders::new(Head::of(text::decode(Cursor::new(bytes))?)?, options())
}
