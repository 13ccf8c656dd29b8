//! A document that holds what is left of a Secret's text stays one until its kind is said: on the way from one
//! manifest to the next, keys lose their names, lines their parents and documents their borders.

use std::ops::Range;

use super::secrecy::{Secrecy, kinds};
use super::workspace::File;
use crate::text::Change;
use crate::yaml::Located;

/// What a change left of documents whose values must not be kept.
#[derive(Debug, Default)]
pub(super) struct Left {
    /// Places in the new text where something of them still stands.
    rests: Vec<Range<usize>>,
    /// Places in the new text that were changed.
    changed: Vec<Range<usize>>,
    /// There are more documents than before.
    divided: bool,
}

impl Left {
    /// What `changes` leave of those ranges of the old text.
    pub(super) fn of(hidden: &[Range<usize>], changes: &[Change], new: &File, before: usize) -> Left {
        let mut left = Left { divided: new.stream.documents().len() > before, ..Left::default() };
        if hidden.is_empty() {
            return left;
        }
        let text = new.stream.text();
        let (mut at, mut shift) = (0usize, 0isize);
        let end = hidden.iter().map(|range| range.end).max().unwrap_or(0);
        let stays = |from: usize, to: usize, shift: isize| {
            let parts = hidden.iter().map(move |h| h.start.max(from)..h.end.min(to)).filter(|part| !part.is_empty());
            parts.map(move |part| part.start.saturating_add_signed(shift)..part.end.saturating_add_signed(shift))
        };
        for change in changes {
            left.rests.extend(stays(at, change.from, shift));
            let from = change.from.saturating_add_signed(shift);
            left.changed.push(from..from + change.insert.len());
            shift += change.insert.len() as isize - (change.to - change.from) as isize;
            at = change.to;
        }
        left.rests.extend(stays(at, end, shift));
        // A separator or a bracket is nothing to hide.
        let word = |range: &Range<usize>| text.get(range.clone()).is_none_or(|t| t.contains(char::is_alphanumeric));
        left.rests.retain(word);
        left
    }

    /// What a document is, that by itself would be none.
    pub(super) fn secrecy(&self, located: &Located) -> Secrecy {
        let holds = self.rests.iter().any(|rest| rest.start < located.end() && rest.end > located.start);
        if !holds || located.document.is_null() {
            return Secrecy::No;
        }
        // Where borders fall the kind of one document is not what another one says it is.
        let mut kinds = kinds(&located.document).into_iter();
        let touched = |kind: Range<usize>| {
            let (from, to) = (located.start + kind.start, located.start + kind.end);
            self.changed.iter().any(|change| change.start <= to && change.end >= from)
        };
        let said = if self.divided { kinds.next().is_some() } else { kinds.any(touched) };
        if said { Secrecy::No } else { Secrecy::Maybe }
    }
}
