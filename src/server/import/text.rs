//! A file as a stream of UTF-8, whatever encoding it was saved in.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

use super::error::OpenError;
use super::kind;

/// How much of the beginning tells what a file is, in bytes.
const SAMPLE: u64 = 64 * 1024;

/// A file as UTF-8, and how far it has been read.
pub struct Text {
    /// The text, without a byte order mark.
    pub reader: Box<dyn Read + Send>,
    /// The bytes of the file read so far.
    pub read: Arc<AtomicU64>,
    /// The bytes of the file.
    pub total: u64,
}

/// Opens a file as text.
pub fn open(path: &Path) -> Result<Text, OpenError> {
    let name = || path.display().to_string();
    let found = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::NotFound(name()),
        _ => OpenError::Unreadable(error),
    };
    if !std::fs::metadata(path).map_err(found)?.is_file() {
        return Err(OpenError::NotAFile(name()));
    }
    decode(File::open(path).map_err(found)?)
}

/// Reads a source as text; it is read twice where its beginning does not tell the encoding, never held whole.
pub fn decode<S: Read + Seek + Send + 'static>(mut source: S) -> Result<Text, OpenError> {
    let total = source.seek(SeekFrom::End(0))?;
    source.rewind()?;
    let mut sample = Vec::new();
    source.by_ref().take(SAMPLE).read_to_end(&mut sample)?;
    if sample.is_empty() {
        return Err(OpenError::Empty);
    }
    if let Some(kind) = kind::of(&sample) {
        return Err(OpenError::WrongType(kind));
    }
    source.rewind()?;
    let encoding = encoding(&sample, &mut source)?;
    source.rewind()?;
    let read = Arc::new(AtomicU64::new(0));
    let counted = Counted {
        source,
        read: Arc::clone(&read),
    };
    let decoder = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(counted);
    Ok(Text {
        reader: Box::new(Roomy(BufReader::new(decoder))),
        read,
        total,
    })
}

/// Tells the encoding: by the byte order mark, by where zeros stand, else by whether the bytes are UTF-8.
fn encoding(sample: &[u8], source: &mut impl Read) -> Result<&'static Encoding, OpenError> {
    if sample.starts_with(b"\xff\xfe\x00\x00") {
        return Err(OpenError::UnknownEncoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(sample) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf_16(sample) {
        return Ok(encoding);
    }
    if is_binary(sample) {
        return Err(OpenError::UnknownEncoding);
    }
    Ok(if is_utf_8(source)? { UTF_8 } else { WINDOWS_1252 })
}

/// Knows UTF-16 without a byte order mark: delimiters and digits have a zero in every other byte, always the same.
fn utf_16(sample: &[u8]) -> Option<&'static Encoding> {
    let pairs = sample.len() / 2;
    let zeros = |offset: usize| sample.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let mostly = |many: usize, few: usize| many > pairs / 5 && few <= many / 8;
    match (mostly(odd, even), mostly(even, odd)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Tells bytes that are no text by control characters that nobody types.
fn is_binary(sample: &[u8]) -> bool {
    let odd = |byte: &&u8| matches!(**byte, 0..=8 | 14..=26 | 28..=31 | 127);
    sample.iter().filter(odd).count() > sample.len() / 20
}

/// Tells whether the bytes are UTF-8; a few broken ones in a text full of UTF-8 are damage, not another encoding.
fn is_utf_8(source: &mut impl Read) -> io::Result<bool> {
    let mut chunk = vec![0; 64 * 1024];
    let (mut kept, mut letters, mut broken) = (0, 0_u64, 0_u64);
    loop {
        let read = match source.read(&mut chunk[kept..]) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let end = kept + read;
        let mut start = 0;
        loop {
            let checked = std::str::from_utf8(&chunk[start..end]);
            let valid = checked.map_or_else(|error| error.valid_up_to(), str::len);
            letters += chunk[start..start + valid].iter().filter(|byte| **byte >= 0xc0).count() as u64;
            start += valid;
            let Some(length) = checked.err().and_then(|error| error.error_len()) else {
                break;
            };
            broken += 1;
            start += length;
        }
        // What is left is the beginning of a letter that the next bytes may complete.
        chunk.copy_within(start..end, 0);
        kept = end - start;
    }
    broken += u64::from(kept > 0);
    Ok(broken == 0 || letters > broken)
}

/// A source that counts what is read of it.
struct Counted<S> {
    source: S,
    read: Arc<AtomicU64>,
}

impl<S: Read> Read for Counted<S> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(into)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// A decoder that is always read into a large buffer: what it has left for one of less than four bytes at the end of a
/// file, it forgets.
struct Roomy<R>(BufReader<R>);

impl<R: Read> Read for Roomy<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.fill_buf()?.read(into)?;
        self.0.consume(read);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    const ORDERS: &str = "Order No;Name\r\n1;Adébáyò – “Ọláyínká”\r\n2;😀\r\n";

    fn read(bytes: Vec<u8>) -> String {
        let mut text = String::new();
        decode(Cursor::new(bytes))
            .unwrap()
            .reader
            .read_to_string(&mut text)
            .unwrap();
        text
    }

    fn utf_16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_mark() {
        assert_eq!(read(ORDERS.into()), ORDERS);
        assert_eq!(read(format!("\u{feff}{ORDERS}").into()), ORDERS);
    }

    #[test]
    fn utf_16_is_read_with_and_without_a_mark() {
        for mark in ["\u{feff}", ""] {
            let text = format!("{mark}{ORDERS}");
            assert_eq!(read(utf_16_bytes(&text, u16::to_le_bytes)), ORDERS);
            assert_eq!(read(utf_16_bytes(&text, u16::to_be_bytes)), ORDERS);
        }
    }

    #[test]
    fn what_is_not_utf_8_is_windows_1252() {
        assert_eq!(
            read(b"Name\nAd\xe9b\xe1y\xf2 \x96 \x93caf\xe9\x94 \x80\n".to_vec()),
            "Name\nAdébáyò – “café” €\n"
        );
    }

    #[test]
    fn utf_8_cut_off_or_damaged_stays_utf_8() {
        let cut = [ORDERS.as_bytes(), b"3;\xe1\xbb"].concat();
        assert_eq!(read(cut), format!("{ORDERS}3;\u{fffd}"));
    }

    #[test]
    fn half_a_letter_at_the_end_is_said_to_be_missing() {
        for length in 1..70 {
            let text = "1".repeat(length);
            let mut cut = utf_16_bytes(&text, u16::to_be_bytes);
            cut.push(0);
            assert_eq!(read(cut), format!("{text}\u{fffd}"));
        }
    }

    #[test]
    fn letters_across_the_edges_of_chunks_are_whole() {
        for shift in 0..4 {
            let text = format!("{}{}", "x".repeat(shift), "Ọ".repeat(50_000));
            assert!(read(text.clone().into()) == text, "shifted by {shift}");
        }
    }

    #[test]
    fn binary_and_empty_files_are_refused() {
        let refused = |bytes: &[u8]| decode(Cursor::new(bytes.to_vec())).err();
        assert!(matches!(refused(b""), Some(OpenError::Empty)));
        assert!(matches!(
            refused(b"\x01\x02\x03\x04 some text"),
            Some(OpenError::UnknownEncoding)
        ));
        assert!(matches!(
            refused(b"\xff\xfe\x00\x00O\x00\x00\x00"),
            Some(OpenError::UnknownEncoding)
        ));
        assert!(matches!(
            refused(b"%PDF-1.4"),
            Some(OpenError::WrongType("a PDF document"))
        ));
    }

    #[test]
    fn what_is_no_file_is_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(open(folder.path()), Err(OpenError::NotAFile(_))));
        assert!(matches!(
            open(&folder.path().join("none.csv")),
            Err(OpenError::NotFound(_))
        ));
    }

    #[test]
    fn reading_is_counted_in_bytes_of_the_file() {
        let bytes = utf_16_bytes(ORDERS, u16::to_le_bytes);
        let mut text = decode(Cursor::new(bytes.clone())).unwrap();
        assert_eq!((text.read.load(Ordering::Relaxed), text.total), (0, bytes.len() as u64));
        io::copy(&mut text.reader, &mut io::sink()).unwrap();
        assert_eq!(text.read.load(Ordering::Relaxed), text.total);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..3000)) {
            if let Ok(mut text) = decode(Cursor::new(bytes)) {
                let mut read = Vec::new();
                text.reader.read_to_end(&mut read).unwrap();
                prop_assert!(String::from_utf8(read).is_ok());
            }
        }
    }
}
