//! Excel workbooks as CSV, unpacked by a process of its own: what a hostile one does, it does to that process, whose memory
//! and time have bounds.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;

use calamine::{Data, DataRef, Reader as _, SheetVisible, Xlsx};

use super::Options;
use super::columns::Columns;
use super::error::OpenError;
use super::kind;
use super::synonyms::SYNONYMS;
use super::text::Text;
use crate::server::config::Shop;

/// The subcommand that [`write_rows`] stands behind.
const COMMAND: &str = "read-workbook";
/// The most bytes that a workbook may unpack to; a million orders of fifteen columns are a third of it.
const UNPACKED: u64 = 2 << 30;
/// The most bytes of texts that a workbook may unpack to: they are held in memory.
const TEXTS: u64 = 300 << 20;
/// How many times its size a workbook may unpack to, where that is more than [`SMALL`]: orders come to 30 times at most.
const RATIO: u64 = 150;
/// What a workbook may unpack to however small it is.
const SMALL: u64 = 32 << 20;
/// The most files in a workbook.
const FILES: usize = 4_000;
/// Cells beyond this are told by one: a row of so many is refused.
const CELLS: usize = super::table::MAX_CELLS + 1;
/// The address space of the process that reads one, in bytes, and its time, in seconds of computing.
const MEMORY: u64 = 3 << 29;
const TIME: u64 = 600;

/// Tells whether a file is one, by what [`kind::of`] calls it.
pub fn is_one(kind: &'static str) -> bool {
    kind == kind::WORKBOOK
}

/// Opens a workbook as text, read by this program in a process of its own.
pub fn open(path: &Path, program: &Path) -> Result<Text, OpenError> {
    let mut process = Command::new(program)
        .arg(COMMAND)
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let out = process.stdout.take().ok_or(OpenError::Empty)?;
    Ok(Text {
        reader: Box::new(Unpacked { process, out }),
        read: Arc::default(),
        total: 0,
    })
}

/// The rows that another process reads; it ends with this.
struct Unpacked {
    process: Child,
    out: ChildStdout,
}

impl Read for Unpacked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.out.read(buffer)?;
        if read > 0 || buffer.is_empty() || self.process.wait()?.success() {
            return Ok(read);
        }
        let mut said = String::new();
        if let Some(errors) = &mut self.process.stderr {
            // What cannot be read says nothing.
            let _ = errors.take(1_000).read_to_string(&mut said);
        }
        let sentence = said.lines().find_map(|line| line.strip_prefix(REFUSED));
        Err(io::Error::other(
            sentence
                .unwrap_or("the workbook is damaged or larger than memory allows")
                .to_owned(),
        ))
    }
}

impl Drop for Unpacked {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What stands before the reason in what the process says.
const REFUSED: &str = "refused: ";

/// Writes the rows of a workbook's orders as CSV, within bounds of memory and time for the whole process.
pub fn write_rows(path: &Path, out: impl Write) -> Result<(), String> {
    limit();
    rows(path, out).map_err(|reason| format!("{REFUSED}{reason}"))
}

fn limit() {
    // Where the system has no such limits there are those on what is unpacked.
    let _ = rlimit::setrlimit(rlimit::Resource::AS, MEMORY, MEMORY);
    let _ = rlimit::setrlimit(rlimit::Resource::CPU, TIME, TIME);
    let _ = rlimit::setrlimit(rlimit::Resource::CORE, 0, 0);
}

fn rows(path: &Path, out: impl Write) -> Result<(), String> {
    let damaged = |_| "the workbook is damaged".to_owned();
    let open = || File::open(path).map(BufReader::new).map_err(|error| error.to_string());
    check(open()?)?;
    let mut book = Xlsx::new(open()?).map_err(damaged)?;
    let visible = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = visible.map(|sheet| sheet.name.clone()).collect();
    let mut headers = Vec::new();
    for name in &names {
        headers.push(header(&mut book, name)?);
    }
    let best = (0..names.len()).max_by_key(|at| (recognised(&headers[*at]), usize::MAX - at));
    let Some(best) = best else {
        return Err("the workbook has no sheet".to_owned());
    };
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(out);
    out.write_record(&headers[best]).map_err(|error| error.to_string())?;
    // What does not fit on one sheet goes on in another of the same columns.
    for (name, header) in names.iter().zip(&headers) {
        if *header == headers[best] {
            each_row(&mut book, name, |at, row| {
                if at > 0 {
                    out.write_record(row).map_err(|error| error.to_string())?;
                }
                Ok(true)
            })?;
        }
    }
    out.flush().map_err(|error| error.to_string())
}

/// Refuses what would unpack to more than orders do, before anything is unpacked.
fn check(file: BufReader<File>) -> Result<(), String> {
    let packed = file.get_ref().metadata().map_or(0, |file| file.len());
    let mut archive = zip::ZipArchive::new(file).map_err(|_| "the workbook is damaged or not whole".to_owned())?;
    if archive.len() > FILES {
        return Err(format!("the workbook consists of {} files", archive.len()));
    }
    let mut unpacked = 0_u64;
    for at in 0..archive.len() {
        let entry = archive
            .by_index_raw(at)
            .map_err(|_| "the workbook is damaged".to_owned())?;
        let texts = entry.name().is_ok_and(|name| name.ends_with("sharedStrings.xml"));
        if texts && entry.size() > TEXTS {
            return Err("the texts of the workbook are larger than 300 MB; save it as CSV".to_owned());
        }
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > UNPACKED {
        return Err("the workbook unpacks to more than 2 GB; save it as CSV".to_owned());
    }
    if unpacked > SMALL && unpacked / RATIO > packed {
        return Err("the workbook unpacks to far more than orders do".to_owned());
    }
    Ok(())
}

type Book = Xlsx<BufReader<File>>;

/// Returns the first row of a sheet that says anything.
fn header(book: &mut Book, sheet: &str) -> Result<Vec<String>, String> {
    let mut header = Vec::new();
    each_row(book, sheet, |_, row| {
        header = row.to_vec();
        Ok(false)
    })?;
    Ok(header)
}

/// Counts the parts of an order that a header names.
fn recognised(header: &[String]) -> usize {
    let options = Options::of(&Shop::default(), chrono::DateTime::UNIX_EPOCH);
    let columns = Columns::look(header, &options);
    SYNONYMS.into_iter().filter(|(field, _)| columns.has(*field)).count()
}

/// Hands over the rows of a sheet that say anything, with how many came before, until one is enough.
fn each_row(
    book: &mut Book,
    sheet: &str,
    mut each: impl FnMut(usize, &[String]) -> Result<bool, String>,
) -> Result<(), String> {
    let damaged = |_| "a sheet of the workbook is damaged".to_owned();
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let (mut row, mut at, mut count) = (Vec::new(), 0, 0);
    loop {
        let cell = cells.next_cell().map_err(damaged)?;
        let next = cell.as_ref().map(calamine::Cell::get_position);
        if next.is_none_or(|(line, _)| line != at) && !row.is_empty() {
            if !each(count, &row)? {
                return Ok(());
            }
            count += 1;
            row.clear();
        }
        let (Some(cell), Some((line, column))) = (cell, next) else {
            return Ok(());
        };
        at = line;
        let text = text(cell.get_value());
        let column = usize::try_from(column).unwrap_or(CELLS).min(CELLS);
        if !text.is_empty() {
            if row.len() <= column {
                row.resize(column + 1, String::new());
            }
            row[column] = text;
        }
    }
}

/// A cell as CSV would have it; a date as ISO 8601 writes it.
fn text(value: &DataRef) -> String {
    match value {
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let at = moment
                .as_datetime()
                .map(|at| at.format("%Y-%m-%d %H:%M:%S").to_string());
            at.unwrap_or_default()
        }
        other => Data::from(other.clone()).to_string(),
    }
}
