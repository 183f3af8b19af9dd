//! What a file is where it is no CSV, told by its first bytes.

/// What the first bytes of other kinds of file are.
const SIGNATURES: [(&[u8], &str); 15] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)"),
    (b"%PDF-", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"\xfd7zXZ\x00", "a compressed file"),
    (b"\x28\xb5\x2f\xfd", "a compressed file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed file"),
    (b"Rar!\x1a\x07", "a compressed file"),
    (b"\x89PNG\r\n\x1a\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"RIFF", "a picture or a sound"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x7fELF", "a program"),
];

/// What a workbook of Excel is called.
pub const WORKBOOK: &str = "an Excel workbook";

/// What stands inside the different zip files.
const ZIPPED: [(&[u8], &str); 6] = [
    (b"xl/", WORKBOOK),
    (b"opendocument.spreadsheet", "a LibreOffice spreadsheet"),
    (b".iwa", "an Apple Numbers spreadsheet"),
    (b"word/", "a Word document"),
    (b"[Content_Types].xml", "an Office document"),
    (b"opendocument.", "a LibreOffice document"),
];

/// Names what a file is by its beginning; none where it may be CSV.
pub fn of(beginning: &[u8]) -> Option<&'static str> {
    if beginning.starts_with(b"PK\x03\x04") || beginning.starts_with(b"PK\x05\x06") {
        return Some(zipped(beginning));
    }
    let signed = SIGNATURES
        .iter()
        .find(|(signature, _)| beginning.starts_with(signature));
    signed.map(|(_, name)| *name).or_else(|| markup(beginning))
}

fn zipped(beginning: &[u8]) -> &'static str {
    let holds = |part: &[u8]| beginning.windows(part.len()).any(|window| window == part);
    ZIPPED
        .iter()
        .find(|(part, _)| holds(part))
        .map_or("a zip archive", |(_, name)| name)
}

/// Knows web pages (many a shop system calls one `.xls`), XML and JSON.
fn markup(beginning: &[u8]) -> Option<&'static str> {
    let text = beginning
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(beginning)
        .trim_ascii_start();
    let starts = |tag: &[u8]| {
        text.get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag))
    };
    let pages: [&[u8]; 5] = [b"<!doctype", b"<html", b"<table", b"<head", b"<body"];
    if pages.into_iter().any(starts) {
        return Some("a web page");
    }
    if starts(b"<?xml") {
        return Some("an XML file");
    }
    let opens = |bracket: u8| {
        let rest = text.strip_prefix(&[bracket]).map(<[u8]>::trim_ascii_start);
        rest.is_some_and(|rest| rest.starts_with(b"{") || rest.starts_with(b"\""))
    };
    (opens(b'{') || opens(b'[')).then_some("a JSON file")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn other_files_are_called_by_their_name() {
        let cases: [(&[u8], &str); 9] = [
            (
                b"PK\x03\x04....[Content_Types].xml..xl/workbook.xml",
                "an Excel workbook",
            ),
            (
                b"PK\x03\x04..mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
                "a LibreOffice spreadsheet",
            ),
            (b"PK\x03\x04....notes.txt", "a zip archive"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "an old Excel workbook (.xls)"),
            (b"%PDF-1.7", "a PDF document"),
            (b"\xef\xbb\xbf\r\n<!DOCTYPE html><table>", "a web page"),
            (b"<?xml version=\"1.0\"?>", "an XML file"),
            (b" [ {\"number\": 1}]", "a JSON file"),
            (b"{\"orders\": []}", "a JSON file"),
        ];
        for (beginning, name) in cases {
            assert_eq!(of(beginning), Some(name), "{}", String::from_utf8_lossy(beginning));
        }
    }

    #[test]
    fn csv_is_left_alone() {
        for beginning in [
            "Order No;Date",
            "\u{feff}Order No,Date",
            "",
            "P,K",
            "[id],{date}",
            "\"#\",\"Date\"",
        ] {
            assert_eq!(of(beginning.as_bytes()), None, "{beginning}");
        }
    }
}
