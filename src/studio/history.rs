//! The one history: what leads back, and what leads forward again.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::change::{self, WorkChange};
use super::workspace::{DocRef, FileId};
use crate::yaml::Path;

/// Older steps go when all of them together take more than this.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// What was selected: told so that it means the same after a reload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// Index of the document in it.
    pub document: usize,
    /// The field in focus.
    pub path: Option<Path>,
}

/// One step as a person thinks of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What to do to take the step, in order.
    pub changes: Vec<WorkChange>,
    /// What was selected before it was done first.
    pub before: Option<Place>,
    /// What was selected after it was done first.
    pub after: Option<Place>,
    /// It touched a Secret, so it is never kept.
    pub secret: bool,
    /// It touched these documents, which had values and did not say yet what they are: it is kept when all do.
    #[serde(skip)]
    pub maybe: Vec<DocRef>,
}

impl Entry {
    fn size(&self) -> usize {
        64 + self.changes.iter().map(WorkChange::size).sum::<usize>()
    }

    fn is_hidden(&self) -> bool {
        self.secret || !self.maybe.is_empty()
    }

    /// Adds documents that do not say yet what they are.
    pub fn doubt(&mut self, docs: &[DocRef]) {
        for doc in docs {
            if !self.maybe.contains(doc) {
                self.maybe.push(*doc);
            }
        }
    }
}

/// The history. Both lists have the nearest step last.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Steps back.
    pub undo: Vec<Rc<Entry>>,
    /// Steps forward.
    pub redo: Vec<Rc<Entry>>,
    bytes: usize,
    open: bool,
}

impl History {
    /// A history as it was kept; with `open`, more may be added to its last step.
    pub fn kept(undo: Vec<Entry>, redo: Vec<Entry>, open: bool) -> History {
        let bytes = undo.iter().chain(&redo).map(Entry::size).sum();
        let share = |entries: Vec<Entry>| entries.into_iter().map(Rc::new).collect();
        History { undo: share(undo), redo: share(redo), bytes, open }
    }

    /// Remembers a step that was done. With `merge` it becomes part of the last one, if nothing came
    /// in between. `text` is the text of the file that was edited, before it was.
    pub fn record(&mut self, step: Entry, merge: bool, text: Option<&str>) {
        self.bytes -= self.redo.drain(..).map(|e| e.size()).sum::<usize>();
        match self.undo.last_mut().filter(|_| merge && self.open) {
            Some(last) => {
                let last = Rc::make_mut(last);
                self.bytes -= last.size();
                prepend(&mut last.changes, step.changes, text);
                last.after = step.after;
                last.secret |= step.secret;
                last.doubt(&step.maybe);
                self.bytes += last.size();
            }
            None => {
                self.bytes += step.size();
                self.undo.push(Rc::new(step));
            }
        }
        self.open = true;
        let mut over = 0;
        while self.bytes > MAX_BYTES && over + 1 < self.undo.len() {
            self.bytes -= self.undo[over].size();
            over += 1;
        }
        self.undo.drain(..over);
    }

    /// What is recorded next is a step of its own.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// Whether the next step may become part of the last one.
    pub fn is_open(&self) -> bool {
        self.open && !self.undo.is_empty()
    }

    /// Takes the nearest step back (or, with `forward`, forward); [`History::put`] gives its way back.
    pub fn take(&mut self, forward: bool) -> Option<Rc<Entry>> {
        self.open = false;
        let from = if forward { &mut self.redo } else { &mut self.undo };
        let entry = from.pop()?;
        self.bytes -= entry.size();
        Some(entry)
    }

    /// Puts the way back of a step taken by [`History::take`] with the same `forward`.
    pub fn put(&mut self, forward: bool, entry: Entry) {
        self.bytes += entry.size();
        let to = if forward { &mut self.undo } else { &mut self.redo };
        to.push(Rc::new(entry));
    }

    /// Something turned out to be a Secret: whatever was done to it, here or where it came from, is not kept.
    pub fn mark_secret(&mut self) {
        for entry in self.undo.iter_mut().chain(&mut self.redo).filter(|e| !e.secret) {
            Rc::make_mut(entry).secret = true;
        }
    }

    /// Documents no longer say what they are: nothing that was done is kept until they do.
    pub fn doubt(&mut self, docs: &[DocRef]) {
        for entry in self.undo.iter_mut().chain(&mut self.redo) {
            Rc::make_mut(entry).doubt(docs);
        }
    }

    /// A document says what it is, and it is no Secret.
    pub fn release(&mut self, doc: DocRef) {
        for entry in self.undo.iter_mut().chain(&mut self.redo).filter(|e| e.maybe.contains(&doc)) {
            Rc::make_mut(entry).maybe.retain(|d| *d != doc);
        }
    }

    /// Whether there are steps that are not kept.
    pub fn has_hidden(&self) -> bool {
        self.undo.iter().chain(&self.redo).any(|e| e.is_hidden())
    }

    /// The steps that may be kept: those nearer than the nearest that must not be.
    pub fn to_keep(&self) -> (Vec<&Entry>, Vec<&Entry>) {
        let near = |entries: &'_ [Rc<Entry>]| entries.iter().rposition(|e| e.is_hidden()).map_or(0, |i| i + 1);
        let keep = |entries: &'_ Vec<Rc<Entry>>| near(entries)..entries.len();
        (
            self.undo[keep(&self.undo)].iter().map(|e| &**e).collect(),
            self.redo[keep(&self.redo)].iter().map(|e| &**e).collect(),
        )
    }
}

/// Puts newer ways back before older ones; two splices of one file that touch become one.
fn prepend(older: &mut Vec<WorkChange>, newer: Vec<WorkChange>, between: Option<&str>) {
    if let ([WorkChange::Edit { file, changes: new }], Some(between)) = (newer.as_slice(), between)
        && let Some(WorkChange::Edit { file: same, changes: old }) = older.first_mut()
        && same == file
        && let ([new], [old]) = (new.as_slice(), old.as_mut_slice())
        && let Some(one) = change::compose(new, between, old)
    {
        *old = one;
        return;
    }
    older.splice(0..0, newer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Change;

    fn edit(from: usize, to: usize, insert: &str) -> WorkChange {
        WorkChange::Edit { file: FileId(1), changes: vec![Change::new(from, to, insert)] }
    }

    fn step(change: WorkChange) -> Entry {
        Entry { changes: vec![change], before: None, after: None, secret: false, maybe: Vec::new() }
    }

    #[test]
    fn what_touches_becomes_one_splice() {
        let mut history = History::default();
        // "" → "w" → "we" → "web": each step's way back deletes one character.
        for (i, text) in ["", "w", "we"].iter().enumerate() {
            history.record(step(edit(i, i + 1, "")), true, Some(text));
        }
        assert_eq!(history.undo.len(), 1);
        assert_eq!(history.undo[0].changes, [edit(0, 3, "")]);
        history.close();
        history.record(step(edit(3, 4, "")), true, Some("web"));
        assert_eq!(history.undo.len(), 2);
    }

    #[test]
    fn is_bounded_and_keeps_the_newest() {
        let mut history = History::default();
        let big = "x".repeat(MAX_BYTES / 4);
        for _ in 0..9 {
            history.record(step(edit(0, 0, &big)), false, None);
        }
        assert_eq!(history.undo.len(), 3);
        let huge = "x".repeat(MAX_BYTES * 2);
        history.record(step(edit(0, 0, &huge)), false, None);
        assert_eq!(history.undo.len(), 1);
        while history.take(false).is_some() {}
        assert_eq!(history.bytes, 0);
    }

    #[test]
    fn secrets_are_not_kept_and_nothing_behind_them() {
        let mut history = History::default();
        for i in 0..4 {
            history.record(Entry { secret: i == 1, ..step(edit(i, i, "")) }, false, None);
        }
        let (undo, redo) = history.to_keep();
        assert_eq!((undo.len(), redo.len()), (2, 0));
        history.mark_secret();
        assert_eq!(history.to_keep().0.len(), 0);
    }

    #[test]
    fn what_is_in_doubt_is_kept_when_it_says_what_it_is() {
        let doc = |n| DocRef { file: FileId(1), doc: crate::yaml::DocId(n) };
        let mut history = History::default();
        for i in 0..4 {
            history.record(Entry { maybe: vec![doc(i as u32)], ..step(edit(i, i, "")) }, false, None);
        }
        history.release(doc(3));
        history.release(doc(2));
        assert_eq!(history.to_keep().0.len(), 2);
        history.doubt(&[doc(0)]);
        assert_eq!(history.to_keep().0.len(), 0);
        (0..2).for_each(|n| history.release(doc(n)));
        assert_eq!(history.to_keep().0.len(), 4);
    }
}
