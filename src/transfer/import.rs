use super::names::file_name;
use crate::i18n::{Message, id};

/// Larger files are refused, before they are read where their size is known.
pub const SIZE_LIMIT: u64 = 20 * 1024 * 1024;

/// A file as it comes into the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Its path, made fit (see [`file_name`]).
    pub name: String,
    /// Its text, to the byte where it was UTF-8.
    pub text: String,
    /// Whether it was UTF-16 and is kept as UTF-8 from now on.
    pub converted: bool,
}

/// Why a file does not come in. The workspace is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// Above [`SIZE_LIMIT`]: split it.
    TooLarge {
        /// Its name.
        name: String,
        /// Its size in bytes.
        size: u64,
    },
    /// No text: a program, a picture, an archive (unpack it first).
    Binary {
        /// Its name.
        name: String,
        /// What it is, where that can be seen: `zip`, `gzip`, `PNG`.
        format: Option<&'static str>,
        /// The first byte that no text has, from 0.
        at: usize,
    },
    /// Not UTF-8: save it as UTF-8.
    Encoding {
        /// Its name.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
        /// The byte that does not belong there.
        byte: u8,
    },
    /// UTF-16 that breaks off or has half of a pair: save it as UTF-8.
    Utf16 {
        /// Its name.
        name: String,
        /// The line, from 1.
        line: usize,
        /// The column in characters, from 1.
        column: usize,
    },
}

impl ImportError {
    /// What is wrong and what to do, in words.
    pub fn message(&self) -> Message {
        match self {
            ImportError::TooLarge { name, size } => Message::new(id::TRANSFER_TOO_LARGE)
                .with("name", name.as_str())
                .with("size", megabytes(*size))
                .with("limit", megabytes(SIZE_LIMIT)),
            ImportError::Binary { name, format: Some(format), .. } => {
                Message::new(id::TRANSFER_FORMAT).with("name", name.as_str()).with("format", *format)
            }
            ImportError::Binary { name, at, .. } => {
                Message::new(id::TRANSFER_BINARY).with("name", name.as_str()).with("at", *at + 1)
            }
            ImportError::Encoding { name, line, column, byte } => Message::new(id::TRANSFER_ENCODING)
                .with("name", name.as_str())
                .with("line", *line)
                .with("column", *column)
                .with("byte", format!("0x{byte:02X}")),
            ImportError::Utf16 { name, line, column } => {
                Message::new(id::TRANSFER_UTF16).with("name", name.as_str()).with("line", *line).with("column", *column)
            }
        }
    }
}

/// `21.5`; never a limit's own number for what is above it.
fn megabytes(bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1024 * 1024);
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Refuses a file by its size alone; to be asked before it is read.
pub fn check_size(name: &str, size: u64) -> Result<(), ImportError> {
    if size > SIZE_LIMIT { Err(ImportError::TooLarge { name: file_name(name), size }) } else { Ok(()) }
}

/// A file's bytes as text. UTF-8 stays as it is, its byte order mark included; UTF-16 with a byte
/// order mark (what `>` writes in Windows PowerShell) is converted. Whether the text is YAML or JSON
/// at all is for its reader to say: it opens either way.
pub fn import(name: &str, bytes: &[u8]) -> Result<Imported, ImportError> {
    check_size(name, bytes.len() as u64)?;
    let name = file_name(name);
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]).filter(|rest| !rest.starts_with(&[0, 0])) {
        return from_utf16(name, rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return from_utf16(name, rest, u16::from_be_bytes);
    }
    let format = FORMATS.iter().find(|(head, _)| bytes.starts_with(head)).map(|(_, format)| *format);
    let nul = bytes.iter().position(|b| *b == 0);
    if format.is_some() || nul.is_some() {
        return Err(ImportError::Binary { name, format, at: nul.unwrap_or(0) });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Imported { name, text: text.to_owned(), converted: false }),
        Err(error) => {
            let at = error.valid_up_to();
            let before = String::from_utf8_lossy(bytes.get(..at).unwrap_or_default());
            let (line, column) = end_of(&before);
            let byte = bytes.get(at).copied().unwrap_or(0);
            Err(ImportError::Encoding { name, line, column, byte })
        }
    }
}

/// What people drop by mistake, by its first bytes. None of them begins a YAML text.
const FORMATS: [(&[u8], &str); 9] = [
    (b"PK\x03\x04", "zip"),
    (b"\x1F\x8B", "gzip"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"%PDF-", "PDF"),
    (b"\x7FELF", "ELF"),
    (b"\x28\xB5\x2F\xFD", "zstd"),
    (b"\xFD7zXZ\x00", "xz"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
];

fn from_utf16(name: String, bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Imported, ImportError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let decoded = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
    let mut whole = rest.is_empty();
    for c in decoded {
        match c {
            Ok('\0') => return Err(ImportError::Binary { name, format: None, at: text.len() }),
            Ok(c) => text.push(c),
            Err(_) => {
                whole = false;
                break;
            }
        }
    }
    if !whole {
        let (line, column) = end_of(&text);
        return Err(ImportError::Utf16 { name, line, column });
    }
    Ok(Imported { name, text, converted: true })
}

/// Line and column behind the end of `text`, from 1.
fn end_of(text: &str) -> (usize, usize) {
    let ended = text.replace("\r\n", "\n").replace('\r', "\n");
    let line = ended.matches('\n').count() + 1;
    let column = ended.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn text_stays_to_the_byte() {
        for text in ["", "a: 1\r\nb: 2\r", "\u{feff}a: ä", "{\"a\": 1}", "名: 😀\n", "a: [", "\u{200f}x: y"] {
            let imported = import("a.yaml", text.as_bytes());
            let expected = Imported { name: "a.yaml".into(), text: text.into(), converted: false };
            assert_eq!(imported, Ok(expected), "{text:?}");
        }
    }

    #[test]
    fn utf16_becomes_text() {
        for big in [false, true] {
            let imported = import("a.yaml", &utf16("kind: Pod\r\nname: 名😀\n", big)).expect("text");
            assert_eq!((imported.text.as_str(), imported.converted), ("kind: Pod\r\nname: 名😀\n", true));
            let mut odd = utf16("a: 1\nb", big);
            odd.push(b'x');
            assert_eq!(import("a", &odd), Err(ImportError::Utf16 { name: "a".into(), line: 2, column: 2 }));
            let mut half = utf16("ab", big);
            half.extend(if big { [0xD8, 0x00] } else { [0x00, 0xD8] });
            assert_eq!(import("a", &half), Err(ImportError::Utf16 { name: "a".into(), line: 1, column: 3 }));
        }
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_place() {
        let binary = |format, at| Err(ImportError::Binary { name: "a".into(), format, at });
        let encoding = |line, column, byte| Err(ImportError::Encoding { name: "a".into(), line, column, byte });
        let table: [(&[u8], _); 10] = [
            (b"a: 1\nb: \0", binary(None, 8)),
            (b"PK\x03\x04rest", binary(Some("zip"), 0)),
            (b"\x1F\x8B\x08", binary(Some("gzip"), 0)),
            (b"\x89PNG\r\n\x1a\n", binary(Some("PNG"), 0)),
            // Latin-1, as an old editor saves it.
            (b"a: 1\r\nb: gr\xFC\xDFe\n", encoding(2, 6, 0xFC)),
            (b"\xE9", encoding(1, 1, 0xE9)),
            (b"\xE4\xB8\xAD\r\xFF", encoding(2, 1, 0xFF)),
            (b"a: \xE4\xB8", encoding(1, 4, 0xE4)),
            // UTF-16 without a byte order mark, and UTF-32: NUL bytes.
            (b"a\0:\0", binary(None, 1)),
            (b"\xFF\xFE\0\0a\0\0\0", binary(None, 2)),
        ];
        for (bytes, expected) in table {
            let answer = import("a", bytes);
            assert_eq!(answer, expected, "{bytes:?}");
            if let Err(error) = answer {
                assert!(
                    !error.message().text(Locale::En).contains('{') && !error.message().text(Locale::Zh).contains('{')
                );
            }
        }
    }

    #[test]
    fn a_large_file_is_refused_with_size_and_limit() {
        assert_eq!(check_size("a", SIZE_LIMIT), Ok(()));
        let error = check_size("dir/a.yaml", SIZE_LIMIT + 1).expect_err("too large");
        let words = "dir/a.yaml has 20.1 MB; files up to 20 MB can be opened. Split it into smaller files.";
        assert_eq!(error.message().text(Locale::En), words);
        assert!(import("a", &vec![b' '; SIZE_LIMIT as usize + 1]).is_err());
    }
}
