//! Whole files, as they come.

mod bombs;
mod encodings;
mod messy;
mod report;

use std::io::Cursor;
use std::path::{Path, PathBuf};

use chrono_tz::Tz;

use super::*;

fn options() -> Options {
    Options {
        zone: Tz::Africa__Lagos,
        region: "NG".to_owned(),
        currency: "NGN".to_owned(),
        now: "2026-11-24T12:00:00Z".parse().unwrap(),
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn decode(bytes: Vec<u8>) -> Result<Orders, OpenError> {
    Orders::new(text::decode(Cursor::new(bytes))?, options())
}
