//! Changes of the workspace, and everything that follows from them.

use std::rc::Rc;
use std::sync::Arc;

use super::Turn;
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::studio::action::PlacedChange;
use crate::studio::change::WorkChange;
use crate::studio::effect::Effect;
use crate::studio::history::{Entry, Place};
use crate::studio::index::{Difference, FileIndex};
use crate::studio::persist::{self, Record};
use crate::studio::secrets;
use crate::studio::state::{Group, Pane};
use crate::studio::workspace::{DocRef, File, FileId};
use crate::text::Change;

/// How a change of the workspace is meant.
#[derive(Default)]
pub(super) struct How {
    /// The run of changes that it belongs to.
    pub group: Option<Group>,
    /// The editor shows it already.
    pub from_editor: bool,
}

impl Turn {
    /// Makes changes of the workspace as one step of the history; `then` selects what is to be
    /// selected after it. `false`, and nothing is changed, when one does not fit.
    pub(super) fn commit(&mut self, changes: Vec<WorkChange>, how: How, then: impl FnOnce(&mut Turn)) -> bool {
        if changes.iter().all(|c| matches!(c, WorkChange::Edit { changes, .. } if changes.is_empty())) {
            return false;
        }
        let before = self.place();
        let text = persist::merged_text(&self.state.workspace, &changes);
        let inner = &self.state.inner;
        let merge = how.group.is_some() && inner.history.is_open() && same_run(&inner.group, &how.group);
        let Some(done) = self.perform(changes, how.from_editor) else { return false };
        then(self);
        self.keep_selection();
        let after = self.place();
        let step = Entry { changes: done.back, before: before.clone(), after: after.clone(), secret: done.secret };
        let history = Rc::make_mut(&mut self.state.inner.history);
        if let Some(file) = done.exposed {
            history.mark_secret(file);
        }
        history.record(step, merge, text.as_deref());
        if how.group.is_none() {
            history.close();
        }
        self.state.inner.group = how.group;
        match done.exposed {
            Some(_) => self.keep_snapshot(),
            None => self.keep_record(Record::Do { changes: done.kept, merge, before, after }),
        }
        if done.secret {
            self.state.inner.keeper.outline_is_stale();
            if !std::mem::replace(&mut self.state.inner.told_of_secrets, true) {
                self.notice(Severity::Info, Message::new(id::NOTICE_SECRET_IN_MEMORY), Vec::new());
            }
        }
        true
    }

    /// One step through the history.
    pub(super) fn step(&mut self, forward: bool) {
        if let Some((place, changes)) = self.walk(forward) {
            self.restore(place);
            self.reveal_change(&changes);
            self.state.pane = Pane::Workspace;
        }
    }

    /// One step through the history, with nothing selected or brought into view; answers where the person was
    /// and what was changed.
    pub(super) fn walk(&mut self, forward: bool) -> Option<(Option<Place>, Vec<WorkChange>)> {
        self.state.inner.group = None;
        let secrets = self.state.inner.history.has_secret();
        let entry = Rc::make_mut(&mut self.state.inner.history).take(forward)?;
        // A way back always fits: it was made of the state that it leads away from.
        let done = self.perform(entry.changes.clone(), false)?;
        let place = if forward { entry.after.clone() } else { entry.before.clone() };
        let way = Entry { changes: done.back, secret: entry.secret || done.secret, ..(*entry).clone() };
        Rc::make_mut(&mut self.state.inner.history).put(forward, way);
        if let Some(file) = done.exposed {
            Rc::make_mut(&mut self.state.inner.history).mark_secret(file);
        }
        if secrets || done.secret || done.exposed.is_some() {
            // What is kept has no such step in its history.
            self.keep_snapshot();
        } else {
            self.keep_record(if forward { Record::Redo } else { Record::Undo });
        }
        Some((place, entry.changes.clone()))
    }

    /// Makes changes of the workspace and brings everything computed from it up to date.
    fn perform(&mut self, changes: Vec<WorkChange>, from_editor: bool) -> Option<Done> {
        {
            // First whether all of them fit; the workspace's clone shares all files.
            let mut trial = (*self.state.workspace).clone();
            persist::perform(&mut trial, &changes[..changes.len() - 1])?;
            if changes.len() > 1 {
                changes.last()?.apply(&mut trial)?;
            }
        }
        let mut done = Done::default();
        let mut renamed = false;
        for change in changes {
            let file = change.file();
            let old = self.state.workspace.file(file).cloned();
            let back = change.apply(Rc::make_mut(&mut self.state.workspace))?;
            done.back.insert(0, back.clone());
            let kept = match &change {
                WorkChange::Edit { changes, .. } => {
                    if !from_editor && self.state.open_file == Some(file) {
                        self.tell_editor(file, old.as_deref()?, changes);
                    }
                    let new = self.state.workspace.file(file).cloned()?;
                    let difference = self.reindex(&new, Some(changes));
                    renamed |= self.follow(&difference, old.as_deref()?, changes, &mut done);
                    match self.state.index.file(file).filter(|f| f.has_secret()) {
                        Some(index) => WorkChange::Edit { file, changes: outline(&new, index, changes, &back) },
                        None => change,
                    }
                }
                WorkChange::Add { at, name, .. } => {
                    let new = self.state.workspace.file(file).cloned()?;
                    let difference = self.reindex(&new, None);
                    renamed = true;
                    for (summary, _) in &difference.changed {
                        done.secret |= summary.secret;
                        self.ask(summary.at);
                    }
                    let (at, name) = (*at, name.clone());
                    WorkChange::Add { at, file, name, text: self.text_to_keep(&new) }
                }
                WorkChange::Remove { .. } => {
                    let index = Rc::make_mut(&mut self.state.index);
                    let gone = index.files.iter().position(|f| f.file == file).map(|i| index.files.remove(i))?;
                    renamed = true;
                    for summary in &gone.documents {
                        done.secret |= summary.secret;
                        self.forget(summary.at);
                    }
                    change
                }
                WorkChange::Move { to, .. } => {
                    let index = Rc::make_mut(&mut self.state.index);
                    if let Some(from) = index.files.iter().position(|f| f.file == file) {
                        let moved = index.files.remove(from);
                        index.files.insert((*to).min(index.files.len()), moved);
                    }
                    change
                }
                WorkChange::Rename { .. } => {
                    renamed = true;
                    change
                }
            };
            done.kept.push(kept);
        }
        if renamed {
            self.find_doubles();
        }
        Some(done)
    }

    /// Brings the index of one file up to date.
    fn reindex(&mut self, file: &Arc<File>, changes: Option<&[Change]>) -> Difference {
        let revision = &mut self.state.inner.revision;
        let index = Rc::make_mut(&mut self.state.index);
        let place = index.files.iter().position(|f| f.file == file.id);
        let (new, difference) = match (place.and_then(|i| index.files.get(i)), changes) {
            (Some(old), Some(changes)) => old.edited(file, changes, revision),
            _ => FileIndex::read(file, revision),
        };
        match place {
            Some(i) => index.files[i] = Rc::new(new),
            None => {
                let at = self.state.workspace.files.iter().position(|f| f.id == file.id).unwrap_or(0);
                index.files.insert(at.min(index.files.len()), Rc::new(new));
            }
        }
        difference
    }

    /// Takes findings along with an edit; answers whether an object is called otherwise than before.
    fn follow(&mut self, difference: &Difference, old: &File, changes: &[Change], done: &mut Done) -> bool {
        let mut renamed = !difference.gone.is_empty();
        for summary in &difference.gone {
            done.secret |= summary.secret;
            self.forget(summary.at);
        }
        for (summary, before) in &difference.changed {
            let was = before.as_ref();
            renamed |= was.is_none_or(|w| !w.same_identity(summary));
            done.secret |= summary.secret || was.is_some_and(|w| w.secret);
            if summary.secret && was.is_none_or(|w| !w.secret) {
                done.exposed = Some(summary.at.file);
            }
            if summary.null {
                // Nothing is here any more that something could be wrong with.
                self.forget(summary.at);
                continue;
            }
            match old.stream.get(summary.at.doc).and_then(|located| within(changes, located.start, located.end())) {
                Some(local) => Rc::make_mut(&mut self.state.findings).follow(summary.at, &local),
                None => Rc::make_mut(&mut self.state.findings).forget(summary.at),
            }
            self.ask(summary.at);
            if summary.secret || was.is_some_and(|w| w.secret) {
                self.find_placeholders(summary);
            }
        }
        renamed
    }

    /// A document is gone: nothing is known of it any more.
    pub(super) fn forget(&mut self, at: DocRef) {
        Rc::make_mut(&mut self.state.findings).forget(at);
        self.forget_sent(at);
    }

    pub(super) fn tell_editor(&mut self, file: FileId, old: &File, changes: &[Change]) {
        let Some(index) = self.state.index.file(file) else { return };
        let text = old.stream.text();
        let place = |offset| index.lines.position(text, offset);
        let changes =
            changes.iter().map(|c| PlacedChange { from: place(c.from), to: place(c.to), insert: c.insert.clone() });
        let changes = changes.collect();
        self.effects.push(Effect::EditorChanges { file, changes });
    }
}

/// What was done to the workspace.
#[derive(Default)]
struct Done {
    /// The way back, in the order to go it.
    back: Vec<WorkChange>,
    /// What was done, without what must not be kept.
    kept: Vec<WorkChange>,
    /// A Secret was touched.
    secret: bool,
    /// The file in which something became a Secret: what was kept before must go.
    exposed: Option<FileId>,
}

fn same_run(last: &Option<Group>, next: &Option<Group>) -> bool {
    match (last, next) {
        (Some(Group::Field(doc, path)), Some(Group::Field(d, p))) => doc == d && path == p,
        // Whether typing goes on was found out when the group was made.
        (Some(Group::Typing { file, .. }), Some(Group::Typing { file: f, .. })) => file == f,
        _ => false,
    }
}

/// The changes that lie in `start..end` alone, in its own places; `None` when one crosses a border.
fn within(changes: &[Change], start: usize, end: usize) -> Option<Vec<Change>> {
    let mut local = Vec::new();
    for change in changes.iter().filter(|c| c.to >= start && c.from <= end) {
        let from = change.from.checked_sub(start)?;
        if change.to > end {
            return None;
        }
        local.push(Change::new(from, change.to - start, change.insert.clone()));
    }
    Some(local)
}

/// The changes with nothing in them that belongs into a Secret. `back` leads back over them.
fn outline(file: &File, index: &FileIndex, changes: &[Change], back: &WorkChange) -> Vec<Change> {
    let WorkChange::Edit { changes: back, .. } = back else { return Vec::new() };
    let text = file.stream.text();
    changes
        .iter()
        .zip(back)
        .map(|(change, back)| {
            let mut insert = text.get(back.from..back.to).unwrap_or("").to_owned();
            for (located, summary) in file.stream.documents().iter().zip(&index.documents) {
                let (from, to) = (located.start.max(back.from), located.end().min(back.to));
                if summary.secret && from < to {
                    let masked = secrets::masked(&located.document);
                    let piece = masked.get(from - located.start..to - located.start);
                    // Cut inside a character that the mask does not have any more: nothing of it stays.
                    let piece = piece.map_or_else(|| "_".repeat(to - from), str::to_owned);
                    insert.replace_range(from - back.from..to - back.from, &piece);
                }
            }
            Change::new(change.from, change.to, insert)
        })
        .collect()
}
