//! A database file that gets its name only when it is whole.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file beside the one that it will be, for its owner's eyes only; gone where it does not become that.
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
    _beside: Beside,
}

/// What SQLite lays beside its file, and takes away itself where the database is closed.
struct Beside(PathBuf);

impl Draft {
    /// Begins a file.
    pub fn of(target: &Path) -> io::Result<Self> {
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let file = tempfile::Builder::new()
            .prefix(".onibara-")
            .suffix(".partial")
            .tempfile_in(folder)?;
        Ok(Self {
            _beside: Beside(file.path().to_owned()),
            file,
            target: target.to_owned(),
        })
    }

    /// Where it lies until then.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// The same as an address of a database.
    pub fn url(&self) -> String {
        address(self.path())
    }

    /// Gives it its name, for good: what was written survives a power cut. Never overwrites a file.
    pub fn finish(self) -> io::Result<()> {
        let folder = self.path().parent().map(Path::to_owned);
        // Written by SQLite, through other handles than this one.
        std::fs::File::open(self.path())?.sync_all()?;
        self.file.persist_noclobber(&self.target).map_err(|error| error.error)?;
        if let Some(folder) = folder {
            std::fs::File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        for ending in ["-wal", "-shm", "-journal"] {
            let mut beside = self.0.as_os_str().to_owned();
            beside.push(ending);
            let _ = std::fs::remove_file(beside);
        }
    }
}

/// The address of the database in a file.
pub fn address(file: &Path) -> String {
    let path = file.display().to_string();
    format!("sqlite:{}", path.replace('%', "%25").replace('?', "%3F"))
}
