//! An export on its way.

use serde::{Deserialize, Serialize};

/// How far an export has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Rows written.
    pub done: usize,
    /// Rows in all; none are known to be there while they are counted.
    pub total: usize,
    /// Whether it has come to its end, whole or not.
    pub ended: bool,
    /// Whether all of it was written.
    pub whole: bool,
}
