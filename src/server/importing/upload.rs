//! A file on its way to the server.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

use chrono::TimeDelta;
use tempfile::{NamedTempFile, TempDir};

use super::Work;
use crate::domain::import::State;
use crate::error::AppError;
use crate::server::error::ServerError;
use crate::server::store::imports::{self, Sent};

/// The most bytes of a file.
pub const LARGEST: u64 = 500 << 20;
/// How long the rows that an import refused can be had: they say names and phones.
const REPORTED: TimeDelta = TimeDelta::days(30);
/// How long the file of an import that nobody goes on with is kept.
const KEPT: TimeDelta = TimeDelta::hours(12);
/// How long a file is looked for that no server has found; by then its own has thrown it away.
const SOUGHT: TimeDelta = TimeDelta::days(30);
/// How the folders begin in which files lie.
const FOLDER: &str = "onibara-import-";

/// A file that is being sent; it is gone where the sender is.
///
/// It lies in a folder of its own, whose name no other server has: where that folder is not, the file is not missing but
/// elsewhere.
pub struct Upload {
    file: NamedTempFile<File>,
    folder: TempDir,
    bytes: u64,
}

impl Upload {
    /// Begins with nothing.
    pub fn begin() -> Result<Self, ServerError> {
        let folder = tempfile::Builder::new().prefix(FOLDER).tempdir().map_err(full)?;
        Ok(Self {
            file: NamedTempFile::new_in(folder.path()).map_err(full)?,
            folder,
            bytes: 0,
        })
    }

    /// Takes the next bytes.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), ServerError> {
        self.bytes += bytes.len() as u64;
        if self.bytes > LARGEST {
            return Err(
                AppError::invalid("file", "The file is larger than 500 MB. Divide it, and send the parts.").into(),
            );
        }
        self.file.write_all(bytes).map_err(full)
    }

    /// Notes that the file is here, and returns its number.
    pub async fn end(mut self, work: &Work, user_id: i64, who: String, name: &str) -> Result<i64, ServerError> {
        if self.bytes == 0 {
            return Err(AppError::invalid("file", "Choose a file that is not empty.").into());
        }
        self.file.flush().map_err(full)?;
        let (_, path) = self.file.keep().map_err(|error| full(error.error))?;
        self.folder.disable_cleanup(true);
        let sent = Sent {
            user_id: Some(user_id),
            who,
            file_name: name.chars().filter(|letter| !letter.is_control()).take(120).collect(),
            bytes: self.bytes.cast_signed(),
            path: path.display().to_string(),
            at: work.now(),
        };
        let added = imports::add(&work.db, sent, State::Checking).await;
        if added.is_err() && remove(&path) {
            remove_folder(&path);
        }
        added
    }
}

/// Lets files go with which nobody has gone on, and ends what has lost its server.
pub async fn forget_old(work: &Work) -> Result<(), ServerError> {
    imports::end_lost(&work.db, work.now()).await?;
    for id in imports::left_since(&work.db, work.now() - KEPT).await? {
        work.stop(id).await?;
        work.let_go(id).await?;
    }
    work.let_ended_go().await?;
    imports::forget_lost_paths(&work.db, work.now() - SOUGHT).await?;
    imports::forget_reports(&work.db, work.now() - REPORTED).await
}

/// Removes a file, and tells whether it is gone: one whose folder is not here may lie on another server.
pub(super) fn remove(path: &Path) -> bool {
    match std::fs::remove_file(path) {
        Ok(()) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => folder_of(path).is_some_and(Path::is_dir),
        Err(error) => {
            tracing::warn!(kind = %error.kind(), "the file of an import could not be removed");
            false
        }
    }
}

/// Removes the folder of a file that is gone.
pub(super) fn remove_folder(path: &Path) {
    // What cannot be removed is empty, and names nobody.
    if let Some(folder) = folder_of(path) {
        let _ = std::fs::remove_dir(folder);
    }
}

/// The folder of a file, where it is one that was made for it.
fn folder_of(path: &Path) -> Option<&Path> {
    let folder = path.parent()?;
    let name = folder.file_name()?.to_str()?;
    name.starts_with(FOLDER).then_some(folder)
}

fn full(error: std::io::Error) -> ServerError {
    tracing::error!(kind = %error.kind(), "a file that was sent could not be kept");
    AppError::invalid(
        "file",
        "The server has no room for the file. Nothing was changed; ask whoever runs it.",
    )
    .into()
}
