//! A file's text as documents, and what an edit of it leaves untouched.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::split;
use crate::text::Change;

/// Names a document within its stream for as long as it lives: an edit inside a document keeps its
/// id, a new document gets one that was never used in this stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocId(pub u32);

/// A document and where its text begins in the file.
#[derive(Clone, Debug)]
pub struct Located {
    /// The document's name.
    pub id: DocId,
    /// Byte offset of the document's text in the file.
    pub start: usize,
    /// The document; shared (same pointer) with earlier streams as long as its text is the same.
    pub document: Arc<Document>,
}

impl Located {
    /// One past the document's last byte in the file.
    pub fn end(&self) -> usize {
        self.start + self.document.text().len()
    }
}

/// A file's text, read into documents.
///
/// The documents' texts, one after the other, are the file's text: nothing is between them. A
/// document's text begins with its `---` line where it has one. There is always one document at
/// least; that of an empty text is empty.
#[derive(Clone, Debug)]
pub struct Stream {
    text: Arc<str>,
    documents: Vec<Located>,
    next_id: u32,
}

impl Stream {
    /// Reads a whole text. Never fails: what cannot be read is an error of its document.
    pub fn read(text: impl Into<Arc<str>>) -> Stream {
        let mut stream = Stream { text: text.into(), documents: Vec::new(), next_id: 0 };
        if split::is_json(&stream.text) {
            for (start, document) in split::json_documents(&stream.text, &|_| None) {
                stream.push(start, document, None);
            }
        } else {
            let text = stream.text.clone();
            for range in ranges(&text, 0, text.len()) {
                stream.push(range.start, Arc::new(Document::read_yaml(&text[range])), None);
            }
        }
        stream
    }

    /// The stream after `changes`; reads only the documents they touch.
    pub fn edit(&self, changes: &[Change]) -> Stream {
        self.edit_read(changes, None)
    }

    /// As [`Stream::edit`]; a document that comes of the changes and has been `read` already is not read again.
    pub fn edit_read(&self, changes: &[Change], read: Option<Document>) -> Stream {
        let text: Arc<str> = Change::apply_all(&self.text, changes).into();
        let mut edited =
            Stream { text, documents: Vec::with_capacity(self.documents.len() + 1), next_id: self.next_id };
        let text = edited.text.clone();
        if split::is_json(&self.text) || split::is_json(&text) {
            // Which rules hold for a text that begins with `{` shows only in reading it from there; values
            // that stand where they stood, before a change or moved behind one, need not be read again.
            let grown = text.len() as isize - self.text.len() as isize;
            let known = |start: usize| {
                [0, grown].into_iter().find_map(|shift| {
                    let old = start.checked_add_signed(-shift)?;
                    let at = self.documents.binary_search_by_key(&old, |d| d.start).ok()?;
                    let document = &self.documents[at].document;
                    text[start..].starts_with(document.text()).then(|| document.clone())
                })
            };
            let fresh = if split::is_json(&text) {
                let read = split::json_documents(&text, &known).into_iter();
                read.map(|(start, document)| Fresh { start, read: Read::Now(document) }).collect()
            } else {
                let read = ranges(&text, 0, text.len());
                read.map(|range| Fresh {
                    start: range.start,
                    read: Read::Now(Arc::new(Document::read_yaml(&text[range]))),
                })
                .collect()
            };
            edited.adopt(&self.documents, fresh, read);
            return edited;
        }
        let (mut kept, mut read) = (0, read);
        for run in self.runs(changes) {
            edited.keep(&self.documents[kept..run.first], run.before);
            let from = self.documents[run.first].start.saturating_add_signed(run.before);
            let to = self.documents[run.last].end().saturating_add_signed(run.after);
            let fresh = ranges(&text, from, to)
                .map(|range| Fresh { start: range.start, read: Read::Later(&text[range]) })
                .collect();
            edited.adopt(&self.documents[run.first..=run.last], fresh, read.take());
            kept = run.last + 1;
        }
        let grown = text.len() as isize - self.text.len() as isize;
        edited.keep(&self.documents[kept..], grown);
        edited
    }

    /// The documents that changes touch, as runs of neighbours.
    fn runs(&self, changes: &[Change]) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let (mut at, mut shift) = (0, 0);
        for change in changes {
            // The same rule as in `Change::apply_all`.
            if !change.fits(&self.text) || change.from < at {
                continue;
            }
            at = change.to;
            // A change in the `---` that begins a document may take it into the one before.
            let first = self.documents.partition_point(|d| d.end() + 3 <= change.from);
            let first = first.min(self.documents.len() - 1);
            let last = self.documents.partition_point(|d| d.start <= change.to).saturating_sub(1).max(first);
            let before = shift;
            shift += change.insert.len() as isize - (change.to - change.from) as isize;
            match runs.last_mut() {
                Some(run) if first <= run.last => {
                    run.last = last.max(run.last);
                    run.after = shift;
                }
                _ => runs.push(Run { first, last, before, after: shift }),
            }
        }
        runs
    }

    fn push(&mut self, start: usize, document: Arc<Document>, id: Option<DocId>) {
        let id = id.unwrap_or_else(|| {
            self.next_id += 1;
            DocId(self.next_id - 1)
        });
        self.documents.push(Located { id, start, document });
    }

    /// Takes over untouched documents, moved by `shift` bytes.
    fn keep(&mut self, documents: &[Located], shift: isize) {
        self.documents
            .extend(documents.iter().map(|d| Located { start: d.start.saturating_add_signed(shift), ..d.clone() }));
    }

    /// Takes over documents read anew; those whose text was there before keep their name and pointer,
    /// the others take the names that are left, in order.
    fn adopt(&mut self, before: &[Located], fresh: Vec<Fresh<'_>>, mut read: Option<Document>) {
        let head = before.iter().zip(&fresh).take_while(|(old, new)| new.read.is(&old.document)).count();
        let rest = before.len().min(fresh.len()) - head;
        let tail = before.iter().rev().zip(fresh.iter().rev()).take(rest);
        let tail = tail.take_while(|(old, new)| new.read.is(&old.document)).count();
        let middle = head..fresh.len() - tail;
        let mut left: Vec<Option<&Located>> = before[head..before.len() - tail].iter().map(Some).collect();
        let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, old) in before[head..before.len() - tail].iter().enumerate().rev() {
            by_text.entry(old.document.text()).or_default().push(i);
        }
        let mut twins: Vec<Option<&Located>> = Vec::with_capacity(fresh.len());
        for (i, new) in fresh.iter().enumerate() {
            twins.push(if i < head {
                Some(&before[i])
            } else if i >= middle.end {
                Some(&before[before.len() - (fresh.len() - i)])
            } else {
                let same = by_text.get_mut(new.read.text()).and_then(|same| same.pop());
                same.and_then(|i| left[i].filter(|old| new.read.is(&old.document)).and_then(|_| left[i].take()))
            });
        }
        let mut left = left.into_iter().flatten();
        for (new, twin) in fresh.into_iter().zip(twins) {
            match twin {
                Some(old) => self.push(new.start, old.document.clone(), Some(old.id)),
                None => {
                    let id = left.next().map(|old| old.id);
                    self.push(new.start, new.read.document(&mut read), id);
                }
            }
        }
    }

    /// The file's text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }

    /// The documents in their order, those without content (null) included.
    pub fn documents(&self) -> &[Located] {
        &self.documents
    }

    /// The document of that name.
    pub fn get(&self, id: DocId) -> Option<&Located> {
        self.documents.iter().find(|d| d.id == id)
    }

    /// The document that the byte `offset` of the file lies in.
    pub fn document_at(&self, offset: usize) -> Option<&Located> {
        let after = self.documents.partition_point(|d| d.start <= offset);
        self.documents.get(after.saturating_sub(1))
    }
}

/// Neighbouring documents that changes touch; by how much the text before and behind them has moved.
struct Run {
    first: usize,
    last: usize,
    before: isize,
    after: isize,
}

/// A document of the new text.
struct Fresh<'t> {
    start: usize,
    read: Read<'t>,
}

/// Read already, or only where it turns out to be new.
enum Read<'t> {
    Now(Arc<Document>),
    Later(&'t str),
}

impl Read<'_> {
    fn text(&self) -> &str {
        match self {
            Read::Now(document) => document.text(),
            Read::Later(text) => text,
        }
    }

    /// Whether `old` is what would come of it.
    fn is(&self, old: &Document) -> bool {
        match self {
            Read::Now(new) => new.text() == old.text() && new.is_json() == old.is_json() && new.error() == old.error(),
            Read::Later(text) => *text == old.text(),
        }
    }

    fn document(self, known: &mut Option<Document>) -> Arc<Document> {
        match self {
            Read::Now(document) => document,
            Read::Later(text) => {
                let known = known.take_if(|known| known.text() == text && !known.is_json());
                Arc::new(known.unwrap_or_else(|| Document::read_yaml(text)))
            }
        }
    }
}

/// The documents of a piece of YAML text.
fn ranges(text: &str, from: usize, to: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = split::starts(&text[from..to]);
    let ends: Vec<usize> = starts[1..].iter().copied().chain([to - from]).collect();
    starts.into_iter().zip(ends).map(move |(start, end)| from + start..from + end)
}
