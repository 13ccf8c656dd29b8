use serde::{Deserialize, Serialize};

use super::Change;

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

    /// The index after `changes`, which gave the text `after`; reads only what they inserted. `None`
    /// when the changes do not lead there.
    pub fn edit(&self, changes: &[Change], after: &str) -> Option<LineIndex> {
        let bytes = after.as_bytes();
        // Whether a line starts at `at` is told by the bytes on both sides of it.
        let begins = |at: usize| match at.checked_sub(1).and_then(|before| bytes.get(before)) {
            Some(b'\n') => true,
            Some(b'\r') => bytes.get(at) != Some(&b'\n'),
            _ => false,
        };
        let mut starts = Vec::with_capacity(self.starts.len() + changes.len());
        let (mut next, mut shift) = (0, 0isize);
        for change in changes {
            let kept = self.starts.partition_point(|&start| (start as usize) < change.from.max(1)).max(next);
            starts.extend(self.starts.get(next..kept)?.iter().map(|&start| (start as isize + shift) as u32));
            let from = change.from.checked_add_signed(shift)?;
            let to = from + change.insert.len();
            if to > bytes.len() {
                return None;
            }
            starts.extend(
                (from..=to)
                    .filter(|&at| begins(at) && Some(at as u32) != starts.last().copied())
                    .map(|at| at as u32)
                    .collect::<Vec<_>>(),
            );
            next = self.starts.partition_point(|&start| start as usize <= change.to).max(kept);
            shift += change.insert.len() as isize - (change.to as isize - change.from as isize);
        }
        starts.extend(self.starts.get(next..)?.iter().map(|&start| (start as isize + shift) as u32));
        Some(LineIndex { starts })
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

    #[test]
    fn an_edited_index_is_as_read_anew() {
        let texts = ["", "a", "\n", "\r\n", "a\r\nb\rc\n\nd", "\r\r\n\n"];
        let inserts = ["", "x", "\n", "\r", "\r\n", "\nx\r"];
        for text in texts {
            let index = LineIndex::new(text);
            for from in 0..=text.len() {
                for to in from..=text.len() {
                    for insert in inserts {
                        let mut changes = vec![Change::new(from, to, insert)];
                        for second in [None, Some(to), Some(text.len())] {
                            changes.truncate(1);
                            changes.extend(second.map(|at| Change::new(at, text.len(), "\n")));
                            let after = Change::apply_all(text, &changes);
                            let edited = index.edit(&changes, &after);
                            assert_eq!(edited, Some(LineIndex::new(&after)), "{text:?} {changes:?}");
                        }
                    }
                }
            }
        }
    }
}
