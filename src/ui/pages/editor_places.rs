//! Between a document's bytes and the editor's lines and columns.

use std::collections::HashMap;
use std::rc::Rc;

use crate::check::Severity;
use crate::platform::editor::{Diagnostic, Splice};
use crate::studio::{DocFindings, DocRef, FileId, PlacedChange, State};
use crate::text::Span;
use crate::ui::words::Words;
use crate::yaml::{DocId, Path, Step};

/// More marks than these help nobody, and cost.
const MARKS: usize = 500;

/// The line, from 0, that a span of a document begins in.
pub fn line_of(state: &State, at: DocRef, span: Span) -> Option<u32> {
    let start = state.workspace.document(at)?.start;
    let lines = &state.index.file(at.file)?.lines;
    Some(lines.line(start + span.start as usize) as u32)
}

/// The lines of the field at `path`, from its key to the end of its value.
pub fn lines_of_field(state: &State, at: DocRef, path: &Path) -> Option<(u32, u32)> {
    let located = state.workspace.document(at)?;
    let lines = &state.index.file(at.file)?.lines;
    let (last, parent) = path.split_last()?;
    let parent = located.document.at(parent)?;
    let (from, node) = match last {
        Step::Key(key) => {
            let entry = parent.entry(key)?;
            (if entry.merged { entry.value.span().start } else { entry.key_span.start }, entry.value)
        }
        Step::Index(index) => {
            let item = parent.items().nth(*index)?;
            (item.span().start, item)
        }
    };
    let end = node.span().end.max(from) as usize;
    let text = located.document.text();
    // A block's span may reach over its last line break.
    let end = text.get(from as usize..end).map_or(end, |value| from as usize + value.trim_end().len());
    let first = lines.line(located.start + from as usize);
    Some((first as u32, lines.line(located.start + end) as u32))
}

/// Whose findings are marked, in the order of the text: the document, what is found in it, and how many of that.
pub struct Marked(Vec<(DocId, Rc<DocFindings>, usize)>);

impl Marked {
    /// What is to be marked in a file.
    pub fn of(state: &State, file: FileId) -> Marked {
        let mut left = MARKS;
        let documents = state.workspace.file(file).map_or(&[][..], |there| there.stream.documents());
        let found = documents.iter().map_while(|located| {
            let found = (left > 0).then(|| state.findings.of(DocRef { file, doc: located.id }))?;
            let many = found.map_or(0, |found| found.all.len().min(left));
            left -= many;
            Some(found.filter(|_| many > 0).map(|found| (located.id, found.clone(), many)))
        });
        Marked(found.flatten().collect())
    }

    /// What it has and `other` has not.
    pub fn without(&self, other: &Marked) -> Marked {
        let others: HashMap<DocId, _> = other.0.iter().map(|(doc, found, many)| (*doc, (found, *many))).collect();
        let same = |(doc, found, many): &&(DocId, Rc<DocFindings>, usize)| {
            others.get(doc).is_some_and(|(other, n)| Rc::ptr_eq(other, found) && n == many)
        };
        Marked(self.0.iter().filter(|one| !same(one)).cloned().collect())
    }

    /// The groups of its [`Marked::marks`].
    pub fn groups(&self) -> impl Iterator<Item = u32> {
        self.0.iter().map(|(doc, ..)| doc.0)
    }

    /// It as marks for the editor; each document is a group.
    pub fn marks(&self, state: &State, file: FileId, words: Words) -> Vec<Diagnostic> {
        let (Some(there), Some(index)) = (state.workspace.file(file), state.index.file(file)) else {
            return Vec::new();
        };
        let text = there.stream.text();
        let mut documents = there.stream.documents().iter();
        let mut marks = Vec::new();
        for (doc, findings, many) in &self.0 {
            let at = DocRef { file, doc: *doc };
            // Both are in the order of the text.
            let Some(located) = documents.find(|located| located.id == *doc) else { break };
            for (number, finding) in findings.all.iter().take(*many).enumerate() {
                let fixes = finding.fixes.iter().enumerate();
                let place = |offset: u32| index.lines.position(text, located.start + offset as usize);
                marks.push(Diagnostic {
                    from: place(finding.span.start),
                    to: place(finding.span.end),
                    severity: match finding.severity {
                        Severity::Error => "error",
                        Severity::Warning => "warning",
                        Severity::Info => "info",
                    },
                    message: finding.message.text(words.0),
                    group: doc.0,
                    actions: fixes.map(|(fix, f)| (f.title.text(words.0), fix_id(at, number, fix))).collect(),
                });
            }
        }
        marks
    }
}

fn fix_id(at: DocRef, finding: usize, fix: usize) -> String {
    [at.file.0 as usize, at.doc.0 as usize, finding, fix].map(|n| n.to_string()).join("/")
}

/// What [`Marked::marks`] named.
pub fn read_fix_id(text: &str) -> Option<(DocRef, usize, usize)> {
    let mut numbers = text.split('/').map(str::parse::<u32>);
    let mut next = || numbers.next()?.ok();
    let at = DocRef { file: FileId(next()?), doc: DocId(next()?) };
    Some((at, next()? as usize, next()? as usize))
}

/// Changes as the editor takes them.
pub fn splices(changes: &[PlacedChange]) -> Vec<Splice> {
    changes.iter().map(|c| Splice { from: c.from, to: c.to, insert: c.insert.clone() }).collect()
}
