//! Edits of a text: by the form, in the editor, by a fix.

use std::rc::Rc;

use super::{How, Turn};
use crate::check::Severity;
use crate::form::{self, FormEdit};
use crate::i18n::{Message, id};
use crate::studio::action::{EditKind, PlacedChange};
use crate::studio::arrange::line_break;
use crate::studio::change::WorkChange;
use crate::studio::state::{Focus, FocusBy, Group};
use crate::studio::workspace::{DocRef, FileId};
use crate::text::{Change, Span};
use crate::yaml::{EditError, Style};

/// So many lines are named where a value counts elsewhere too.
const LINES: usize = 5;

impl Turn {
    /// Splices in a file's text.
    #[inline(never)]
    pub(super) fn edit(&mut self, file: FileId, changes: Vec<Change>, how: How) {
        self.commit(vec![WorkChange::Edit { file, changes }], how, |_| ());
    }

    #[inline(never)]
    pub(super) fn form(&mut self, doc: DocRef, edit: &FormEdit) {
        let Some(catalog) = self.state.catalog.clone() else { return };
        self.begin_anew(doc, edit);
        let Some(located) = self.state.workspace.document(doc).cloned() else { return };
        let made = match form::edit::apply(&catalog, self.state.version, &located.document, edit) {
            Ok(made) => made,
            Err(error) => return self.refused(doc, &error),
        };
        let changes = made.changes.into_iter().map(|c| c.shift(located.start)).collect();
        // What changes one value is joined with what changed it before; what changes a list is not.
        let (path, group) = match edit {
            FormEdit::Set { path, .. } | FormEdit::Clear { path } => (path, Some(Group::Field(doc, path.clone()))),
            FormEdit::Append { path, .. }
            | FormEdit::Move { path, .. }
            | FormEdit::Duplicate { path }
            | FormEdit::Rename { path, .. }
            | FormEdit::Choose { path, .. } => (path, None),
        };
        let change = WorkChange::Edit { file: doc.file, changes };
        self.commit(vec![change], How { group, read: made.document, ..How::default() }, |turn| {
            turn.state.selected = Some(doc);
            turn.state.focus = Some(Rc::new(Focus { doc, path: path.clone(), by: FocusBy::Form }));
        });
    }

    /// A field that is typed into once more begins from what stood there before the typing: one that was
    /// emptied in between gets its place, its comment and its parents back, and `on` on the way to `one`
    /// leaves no quotes behind.
    fn begin_anew(&mut self, doc: DocRef, edit: &FormEdit) {
        let FormEdit::Set { path, .. } = edit else { return };
        let run = Group::Field(doc, path.clone());
        if self.state.inner.group.as_ref() != Some(&run) || !self.state.inner.history.is_open() {
            return;
        }
        let Some(located) = self.state.workspace.document(doc) else { return };
        let quoted = |style| matches!(style, Style::SingleQuoted | Style::DoubleQuoted);
        if located.document.at(path).is_none_or(|node| quoted(node.style())) {
            self.walk(false);
        }
    }

    /// An edit that the text does not take: why, in words.
    fn refused(&mut self, doc: DocRef, error: &EditError) {
        let called = self.called(doc);
        let start = self.state.workspace.document(doc).map_or(0, |located| located.start);
        let file = self.state.index.file(doc.file);
        let line = |place: &Span| file.map_or(0, |file| file.lines.line(start + place.start as usize)) + 1;
        let message = match error {
            EditError::Unreadable => Message::new(id::NOTICE_EDIT_UNREADABLE),
            EditError::NotFound => Message::new(id::NOTICE_EDIT_NOT_FOUND),
            EditError::Exists => Message::new(id::NOTICE_EDIT_EXISTS),
            EditError::Shared(places) => {
                let lines: Vec<String> = places.iter().take(LINES).map(|place| line(place).to_string()).collect();
                let more = if places.len() > LINES { " …" } else { "" };
                let lines = [&lines.join(", "), more].concat();
                Message::new(id::NOTICE_EDIT_SHARED).with("lines", lines)
            }
            EditError::Merged(place) => Message::new(id::NOTICE_EDIT_MERGED).with("line", line(place)),
            EditError::Unfit => Message::new(id::NOTICE_EDIT_UNFIT),
            EditError::SideEffect(what) => Message::new(id::NOTICE_EDIT_DEFECT).with("what", what.as_str()),
        };
        self.notice(Severity::Warning, message.with("name", called), Vec::new());
    }

    #[inline(never)]
    pub(super) fn typed(&mut self, file: FileId, changes: Vec<PlacedChange>, kind: EditKind) {
        let (Some(index), Some(old)) = (self.state.index.file(file), self.state.workspace.file(file)) else { return };
        let text = old.stream.text();
        // The editor breaks lines with \n; the file keeps its own way.
        let own = line_break(text);
        let changes: Vec<Change> = changes
            .into_iter()
            .map(|change| {
                let from = index.lines.offset(text, change.from);
                let to = index.lines.offset(text, change.to).max(from);
                let mut insert = change.insert;
                if own != "\n" && insert.contains('\n') {
                    insert = insert.replace("\r\n", "\n").replace('\n', own);
                }
                Change { from, to, insert }
            })
            .filter(|c| c.from < c.to || !c.insert.is_empty())
            .collect();
        let Some(last) = changes.last() else { return };
        let cursor = Change::map_position(&changes, last.to).max(last.from);
        let group = self.typing(file, &changes, kind);
        let how = How { group, from_editor: true, read: None };
        self.commit(vec![WorkChange::Edit { file, changes }], how, |turn| turn.cursor_at(file, cursor));
    }

    /// The run of changes that typing belongs to; closes the last one when this does not go on with it.
    fn typing(&mut self, file: FileId, changes: &[Change], kind: EditKind) -> Option<Group> {
        let [change] = changes else { return None };
        if kind == EditKind::Other {
            return None;
        }
        let blank = change.insert.ends_with(char::is_whitespace);
        let goes_on = match &self.state.inner.group {
            Some(Group::Typing { file: same, at, blank: after_blank }) => {
                let begins_word =
                    *after_blank && !change.insert.is_empty() && !change.insert.starts_with(char::is_whitespace);
                *same == file && (change.from == *at || change.to == *at) && !begins_word
            }
            _ => false,
        };
        if !goes_on {
            Rc::make_mut(&mut self.state.inner.history).close();
        }
        Some(Group::Typing { file, at: change.from + change.insert.len(), blank })
    }

    #[inline(never)]
    pub(super) fn apply_fix(&mut self, doc: DocRef, finding: usize, fix: usize) {
        let Some(found) = self.state.findings.of(doc).and_then(|f| f.all.get(finding)) else { return };
        let Some(chosen) = found.fixes.get(fix) else { return };
        let Some(start) = self.state.workspace.document(doc).map(|l| l.start) else { return };
        let changes: Vec<Change> = chosen.changes.iter().map(|c| c.clone().shift(start)).collect();
        let path = found.path.clone();
        let title = chosen.title.clone();
        let done = self.commit(vec![WorkChange::Edit { file: doc.file, changes }], How::default(), |turn| {
            turn.state.selected = Some(doc);
            turn.state.focus = Some(Rc::new(Focus { doc, path, by: FocusBy::Jump }));
        });
        if done {
            self.effects.push(crate::studio::Effect::Announce(title));
        }
    }
}
