//! A stream of JSON values, as Kubernetes tries it first for a text that begins with `{`.

use granit_parser::StructureStyle;

use super::build::Builder;
use super::error::{Note, ReadError, ReadErrorKind};
use super::node::Style;
use super::scalar::{self, Resolved};
use super::syntax::Syntax;
use super::tree::{Data, Piece, Raw, Tree};
use crate::text::Span;

/// Where and why a text is no JSON.
pub(super) struct NoJson {
    pub at: usize,
    pub why: Syntax,
}

/// A value that was read.
pub(super) struct Value {
    pub tree: Tree,
    pub notes: Vec<Note>,
    /// One past the value's last byte.
    pub end: usize,
    /// What is JSON, but no value for Kubernetes: a number beyond all floats.
    pub error: Option<ReadError>,
}

/// Reads a text that is one JSON value and blanks.
pub(super) fn read(text: &str) -> Result<Value, NoJson> {
    let read = value(text)?;
    match blanks(text, read.end) {
        at if at == text.len() => Ok(read),
        at => Err(NoJson { at, why: Syntax::Ended }),
    }
}

/// Reads the first JSON value of a text.
pub(super) fn value(text: &str) -> Result<Value, NoJson> {
    let mut reader = Reader { bytes: text.as_bytes(), text, at: 0, builder: Builder::new(text), error: None };
    reader.read()?;
    let Reader { at: end, mut builder, error, .. } = reader;
    builder.expand().map_err(|_| NoJson { at: 0, why: Syntax::Other })?;
    builder.tree.end = end;
    builder.notes.sort_by_key(|note| note.span.start);
    Ok(Value { tree: builder.tree, notes: builder.notes, end, error })
}

/// The first byte at or behind `from` that is no blank to JSON.
pub(super) fn blanks(text: &str, from: usize) -> usize {
    let rest = &text.as_bytes()[from..];
    from + rest.iter().position(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n')).unwrap_or(rest.len())
}

struct Reader<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
    builder: Builder<'t>,
    error: Option<ReadError>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), NoJson> {
        // One entry for each open bracket: whether it is a map.
        let mut open: Vec<bool> = Vec::new();
        self.at = blanks(self.text, self.at);
        loop {
            // Here a value begins.
            let start = self.at;
            match self.peek() {
                Some(mark @ (b'{' | b'[')) => {
                    self.at += 1;
                    let span = Span::new(start, self.at);
                    let opened = self.builder.open(mark == b'{', StructureStyle::Flow, span, span.start, 0);
                    self.tell(opened)?;
                    open.push(mark == b'{');
                    self.at = blanks(self.text, self.at);
                    if self.peek() == Some(mark + 2) {
                        self.close(&mut open)?;
                    } else {
                        if mark == b'{' {
                            self.key()?;
                        }
                        continue;
                    }
                }
                Some(b'"') => self.string()?,
                Some(b'-' | b'0'..=b'9') => self.number()?,
                _ => self.word()?,
            }
            // A value has ended.
            loop {
                let Some(&is_map) = open.last() else { return Ok(()) };
                self.at = blanks(self.text, self.at);
                match self.peek() {
                    Some(b',') => {
                        self.at = blanks(self.text, self.at + 1);
                        if is_map {
                            self.key()?;
                        }
                        break;
                    }
                    Some(b'}') if is_map => self.close(&mut open)?,
                    Some(b']') if !is_map => self.close(&mut open)?,
                    _ => return self.no(Syntax::Comma),
                }
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn no<T>(&self, why: Syntax) -> Result<T, NoJson> {
        Err(NoJson { at: self.at, why })
    }

    fn tell(&self, result: Result<(), ReadError>) -> Result<(), NoJson> {
        result.map_err(|error| NoJson {
            at: self.at,
            why: if error.kind == ReadErrorKind::TooDeep { Syntax::Other } else { Syntax::JsonKey },
        })
    }

    fn close(&mut self, open: &mut Vec<bool>) -> Result<(), NoJson> {
        self.at += 1;
        open.pop();
        let closed = self.builder.close(Span::new(self.at - 1, self.at));
        self.tell(closed)
    }

    fn key(&mut self) -> Result<(), NoJson> {
        if self.peek() != Some(b'"') {
            return self.no(Syntax::JsonKey);
        }
        self.string()?;
        self.at = blanks(self.text, self.at);
        if self.peek() != Some(b':') {
            return self.no(Syntax::NoColon);
        }
        self.at = blanks(self.text, self.at + 1);
        Ok(())
    }

    fn push(&mut self, start: usize, data: Data, piece: Piece, style: Style) -> Result<(), NoJson> {
        let span = Span::new(start, self.at);
        let id = self.builder.push(Raw { data, span, props: span.start, piece, style });
        let finished = self.builder.finish(id);
        self.tell(finished)
    }

    fn word(&mut self) -> Result<(), NoJson> {
        let start = self.at;
        for (word, data) in [("true", Data::Bool(true)), ("false", Data::Bool(false)), ("null", Data::Null)] {
            if self.text[start..].starts_with(word) {
                self.at += word.len();
                return self.push(start, data, Piece::default(), Style::Plain);
            }
        }
        self.no(Syntax::Value)
    }

    fn digits(&mut self) -> Result<(), NoJson> {
        if !self.peek().is_some_and(|b| b.is_ascii_digit()) {
            return self.no(Syntax::Value);
        }
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Result<(), NoJson> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        let mut whole = true;
        if self.peek() == Some(b'.') {
            whole = false;
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            whole = false;
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        let written = &self.text[start..self.at];
        let integer = written.parse().map(Data::Int).or_else(|_| written.parse().map(Data::UInt));
        let data = match (whole, integer) {
            (true, Ok(data)) => data,
            _ => match written.parse::<f64>().map(scalar::integral) {
                Ok(Resolved::Int(integer)) => Data::Int(integer),
                Ok(Resolved::UInt(integer)) => Data::UInt(integer),
                Ok(Resolved::Float(float)) if float.is_finite() => Data::Float(float),
                _ => {
                    let kind = ReadErrorKind::NotFinite;
                    self.error.get_or_insert(ReadError { kind, span: Span::new(start, self.at) });
                    Data::Float(0.0)
                }
            },
        };
        self.push(start, data, Piece::default(), Style::Plain)
    }

    fn string(&mut self) -> Result<(), NoJson> {
        let start = self.at;
        self.at += 1;
        let mut cooked: Option<String> = None;
        let mut copied = self.at;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => {
                    let text = cooked.get_or_insert_default();
                    text.push_str(&self.text[copied..self.at]);
                    let c = self.escape()?;
                    cooked.get_or_insert_default().push(c);
                    copied = self.at;
                }
                Some(0..=0x1F) => return self.no(Syntax::Other),
                Some(_) => self.at += 1,
                None => return self.no(Syntax::Quote),
            }
        }
        let piece = match cooked {
            Some(mut text) => {
                text.push_str(&self.text[copied..self.at]);
                self.builder.cook(&text)
            }
            None => Piece { start: start as u32 + 1, end: self.at as u32, cooked: false },
        };
        self.at += 1;
        self.push(start, Data::Str, piece, Style::DoubleQuoted)
    }

    /// At a backslash: the character it stands for.
    fn escape(&mut self) -> Result<char, NoJson> {
        let mark = self.bytes.get(self.at + 1).copied();
        let c = match mark {
            Some(b @ (b'"' | b'\\' | b'/')) => b as char,
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let Some(high) = self.hex(self.at + 2) else { return self.no(Syntax::EscapeCode) };
                self.at += 6;
                if !(0xD800..0xDC00).contains(&high) {
                    return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                if self.bytes.get(self.at..self.at + 2) == Some(b"\\u")
                    && let Some(low) = self.hex(self.at + 2)
                    && (0xDC00..0xE000).contains(&low)
                {
                    self.at += 6;
                    let c = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                    return Ok(char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER));
                }
                return Ok(char::REPLACEMENT_CHARACTER);
            }
            _ => return self.no(Syntax::EscapeCode),
        };
        self.at += 2;
        Ok(c)
    }

    fn hex(&self, at: usize) -> Option<u32> {
        let digits = self.bytes.get(at..at + 4)?;
        digits.iter().try_fold(0, |sum, &b| Some(sum << 4 | (b as char).to_digit(16)?))
    }
}
