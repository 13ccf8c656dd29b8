use serde::{Deserialize, Serialize};

/// A place as an editor counts it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Column in UTF-16 code units, from 0.
    pub column: u32,
}

/// Where the lines of a text begin. Lines end at `\r\n`, `\n` or a lone `\r`, as in YAML and in
/// CodeMirror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads the line starts of `text`.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (i, &byte) in bytes.iter().enumerate() {
            if byte == b'\n' || (byte == b'\r' && bytes.get(i + 1) != Some(&b'\n')) {
                starts.push(i as u32 + 1);
            }
        }
        LineIndex { starts }
    }

    /// Number of lines; an empty text has one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: a text has at least one line.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The line (from 0) that the byte `offset` lies in.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// First byte of `line`; the last line's start when there is no such line.
    pub fn start(&self, line: usize) -> usize {
        self.starts[line.min(self.starts.len() - 1)] as usize
    }

    /// The place of the byte `offset` (clamped to the text and to a character's start).
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line(offset);
        let column = text[self.start(line)..offset].chars().map(char::len_utf16).sum::<usize>();
        Position { line: line as u32, column: column as u32 }
    }

    /// The byte offset of `position` (clamped to its line's end, before the line break).
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        if line >= self.starts.len() {
            return text.len();
        }
        let mut column = 0;
        let start = self.start(line);
        for (i, c) in text[start..].char_indices() {
            if column >= position.column as usize || c == '\n' || c == '\r' {
                return start + i;
            }
            column += c.len_utf16();
        }
        text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_every_line_end() {
        let text = "a\r\nb\rc\n😀d";
        let index = LineIndex::new(text);
        assert_eq!(index.len(), 4);
        assert_eq!(index.position(text, text.len()), Position { line: 3, column: 3 });
        for offset in (0..=text.len()).filter(|&o| text.is_char_boundary(o) && o != 2) {
            assert_eq!(index.offset(text, index.position(text, offset)), offset, "{offset}");
        }
        assert_eq!(index.offset(text, Position { line: 0, column: 99 }), 1);
        assert_eq!(index.offset(text, Position { line: 99, column: 0 }), text.len());
    }
}
