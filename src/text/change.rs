use serde::{Deserialize, Serialize};

/// One splice: the bytes `from..to` of a text are replaced by `insert`.
///
/// A list of changes is in ascending order, without overlap, and all offsets speak of the text
/// before any of them (as CodeMirror's change sets do).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// First byte replaced.
    pub from: usize,
    /// One past the last byte replaced.
    pub to: usize,
    /// What stands there afterwards.
    pub insert: String,
}

impl Change {
    /// Replaces `from..to` by `insert`.
    pub fn new(from: usize, to: usize, insert: impl Into<String>) -> Change {
        Change { from, to, insert: insert.into() }
    }

    /// Whether the change can be made in `text`: in order, in range, on character boundaries.
    pub fn fits(&self, text: &str) -> bool {
        self.from <= self.to && text.is_char_boundary(self.from) && text.is_char_boundary(self.to)
    }

    /// The change moved by `offset` bytes to the right (from a document's text to its file's).
    pub fn shift(mut self, offset: usize) -> Change {
        self.from += offset;
        self.to += offset;
        self
    }

    /// `text` with every change of `changes` made. A change that does not fit is left out.
    pub fn apply_all(text: &str, changes: &[Change]) -> String {
        let grow: usize = changes.iter().map(|c| c.insert.len()).sum();
        let mut out = String::with_capacity(text.len() + grow);
        let mut at = 0;
        for change in changes {
            if !change.fits(text) || change.from < at {
                continue;
            }
            out.push_str(&text[at..change.from]);
            out.push_str(&change.insert);
            at = change.to;
        }
        out.push_str(&text[at..]);
        out
    }

    /// The changes that lead back: offsets speak of the text after `changes` were made in `text`.
    pub fn invert_all(text: &str, changes: &[Change]) -> Vec<Change> {
        let mut shift = 0isize;
        let mut at = 0;
        let mut back = Vec::with_capacity(changes.len());
        for change in changes {
            if !change.fits(text) || change.from < at {
                continue;
            }
            at = change.to;
            let from = (change.from as isize + shift) as usize;
            back.push(Change::new(from, from + change.insert.len(), &text[change.from..change.to]));
            shift += change.insert.len() as isize - (change.to - change.from) as isize;
        }
        back
    }

    /// One list for two made one after the other: `then` speaks of the text after `first`, the result
    /// of the text before both.
    pub fn compose(first: &[Change], then: &[Change]) -> Vec<Change> {
        // The text between the two: what is kept of the old one, and what `first` put in.
        let mut pieces: Vec<(usize, usize, &str)> = Vec::with_capacity(2 * first.len() + 1);
        let mut at = 0;
        for change in first {
            pieces.extend([(at, change.from, ""), (change.to, change.to, change.insert.as_str())]);
            at = change.to;
        }
        pieces.push((at, usize::MAX, ""));
        let mut pieces = pieces.into_iter();
        let mut piece = pieces.next();
        let mut position = 0;
        let mut composed: Vec<Change> = Vec::new();
        let mut at = 0;
        let mut insert = String::new();
        let keep = |from: usize, to: usize, at: &mut usize, insert: &mut String, composed: &mut Vec<Change>| {
            if from == to {
                return;
            }
            if *at < from || !insert.is_empty() {
                composed.push(Change::new(*at, from, std::mem::take(insert)));
            }
            *at = to;
        };
        let ends = [(usize::MAX, usize::MAX, "")];
        for (from, to, text) in then.iter().map(|c| (c.from, c.to, c.insert.as_str())).chain(ends) {
            // Up to `from` the pieces stay, from there to `to` they go.
            for (end, stays) in [(from, true), (to, false)] {
                while let Some((start, stop, new)) = piece {
                    let length = if new.is_empty() { stop - start } else { new.len() };
                    let taken = length.min(end.saturating_sub(position));
                    if new.is_empty() {
                        if stays {
                            keep(start, start + taken, &mut at, &mut insert, &mut composed);
                        }
                        piece = Some((start + taken, stop, new));
                    } else {
                        if stays {
                            insert.push_str(&new[..taken]);
                        }
                        piece = Some((start, stop, &new[taken..]));
                    }
                    position += taken;
                    if taken < length {
                        break;
                    }
                    piece = pieces.next();
                }
                if stays {
                    insert.push_str(text);
                }
            }
        }
        composed
    }

    /// Where a position in the text before `changes` lies after them. A position at an insertion
    /// stays before it; one inside a replaced range goes to the end of what replaced it.
    pub fn map_position(changes: &[Change], position: usize) -> usize {
        let mut shift = 0isize;
        for change in changes {
            if position <= change.from {
                break;
            }
            if position < change.to {
                return (change.from as isize + shift) as usize + change.insert.len();
            }
            shift += change.insert.len() as isize - (change.to - change.from) as isize;
        }
        (position as isize + shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn applies_and_inverts() {
        let text = "a: 1\nb: 2\nc: 3\n";
        let changes = [Change::new(3, 4, "10"), Change::new(5, 10, ""), Change::new(15, 15, "d: 4\n")];
        let after = Change::apply_all(text, &changes);
        assert_eq!(after, "a: 10\nc: 3\nd: 4\n");
        let back = Change::invert_all(text, &changes);
        assert_eq!(Change::apply_all(&after, &back), text);
    }

    #[test]
    fn leaves_out_what_does_not_fit() {
        assert_eq!(Change::apply_all("ä", &[Change::new(1, 1, "x")]), "ä");
        assert_eq!(Change::apply_all("a", &[Change::new(0, 9, "x")]), "a");
    }

    #[test]
    fn composes() {
        let text = "abcdefghij";
        let lists: [&[Change]; 6] = [
            &[],
            &[Change::new(0, 0, "XY")],
            &[Change::new(2, 4, ""), Change::new(5, 6, "long")],
            &[Change::new(1, 1, "1"), Change::new(3, 8, "2")],
            &[Change::new(0, 6, "")],
            &[Change::new(4, 4, "é"), Change::new(4, 5, "!")],
        ];
        for first in lists {
            let between = Change::apply_all(text, first);
            for then in lists.iter().filter(|l| l.iter().all(|c| c.to <= between.len() && c.fits(&between))) {
                let composed = Change::compose(first, then);
                let wanted = Change::apply_all(&between, then);
                assert_eq!(Change::apply_all(text, &composed), wanted, "{first:?} then {then:?}");
                assert!(composed.windows(2).all(|w| w[0].to <= w[1].from), "{composed:?}");
            }
        }
        let back = Change::compose(&[Change::new(3, 3, "new")], &[Change::new(3, 6, "")]);
        assert!(back.is_empty(), "{back:?}");
    }

    #[test]
    fn maps_positions() {
        let changes = [Change::new(2, 4, "xyz")];
        assert_eq!(Change::map_position(&changes, 2), 2);
        assert_eq!(Change::map_position(&changes, 3), 5);
        assert_eq!(Change::map_position(&changes, 4), 5);
        assert_eq!(Change::map_position(&changes, 9), 10);
    }
}
