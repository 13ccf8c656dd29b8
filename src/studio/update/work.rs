//! Changes of the workspace, and everything that follows from them.

use std::rc::Rc;
use std::sync::Arc;

use super::Turn;
use super::hide::{Gap, text_to_keep, veil};
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::studio::action::PlacedChange;
use crate::studio::change::WorkChange;
use crate::studio::effect::Effect;
use crate::studio::history::{Entry, Place};
use crate::studio::index::{Difference, FileIndex, Summary};
use crate::studio::persist::{self, Record};
use crate::studio::secrecy::Secrecy;
use crate::studio::state::{Group, Pane};
use crate::studio::workspace::{DocRef, File, FileId};
use crate::text::Change;
use crate::yaml::Document;

/// How a change of the workspace is meant.
#[derive(Default)]
pub(super) struct How {
    /// The run of changes that it belongs to.
    pub group: Option<Group>,
    /// The editor shows it already.
    pub from_editor: bool,
    /// A document that comes of it, where it has been read already.
    pub read: Option<Document>,
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
        let Some(mut done) = self.perform(changes, how.from_editor, how.read) else { return false };
        then(self);
        self.keep_selection();
        let after = self.place();
        let (secret, maybe) = (done.secret, done.maybe.clone());
        let step = Entry {
            changes: std::mem::take(&mut done.back),
            before: before.clone(),
            after: after.clone(),
            secret,
            maybe,
        };
        let history = Rc::make_mut(&mut self.state.inner.history);
        history.record(step, merge, text.as_deref());
        if how.group.is_none() {
            history.close();
        }
        self.state.inner.group = how.group;
        self.mark_history(&done);
        if done.rewrite {
            self.keep_snapshot();
        } else {
            self.keep_record(Record::Do { changes: done.kept, merge, before, after });
        }
        if done.stale {
            self.state.inner.keeper.outline_is_stale();
        }
        if done.secret && !std::mem::replace(&mut self.state.inner.told_of_secrets, true) {
            self.notice(Severity::Info, Message::new(id::NOTICE_SECRET_IN_MEMORY), Vec::new());
        }
        true
    }

    /// Marks the steps that must not be kept any more, and those that may be again.
    fn mark_history(&mut self, done: &Done) {
        match done.exposed {
            Secrecy::Yes => Rc::make_mut(&mut self.state.inner.history).mark_secret(),
            Secrecy::Maybe => Rc::make_mut(&mut self.state.inner.history).doubt(&done.maybe),
            Secrecy::No => (),
        }
        for doc in &done.settled {
            Rc::make_mut(&mut self.state.inner.history).release(*doc);
        }
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
        let hidden = self.state.inner.history.has_hidden();
        let entry = Rc::make_mut(&mut self.state.inner.history).take(forward)?;
        // A way back always fits: it was made of the state that it leads away from.
        let done = self.perform(entry.changes.clone(), false, None)?;
        let place = if forward { entry.after.clone() } else { entry.before.clone() };
        let mut way = Entry { changes: done.back.clone(), secret: entry.secret || done.secret, ..(*entry).clone() };
        way.doubt(&done.maybe);
        Rc::make_mut(&mut self.state.inner.history).put(forward, way);
        self.mark_history(&done);
        if hidden || done.rewrite || self.state.inner.history.has_hidden() {
            // What is kept has no such step in its history.
            self.keep_snapshot();
        } else {
            self.keep_record(if forward { Record::Redo } else { Record::Undo });
        }
        Some((place, entry.changes.clone()))
    }

    /// Makes changes of the workspace and brings everything computed from it up to date.
    fn perform(&mut self, changes: Vec<WorkChange>, from_editor: bool, mut read: Option<Document>) -> Option<Done> {
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
            let old_index = self.state.index.file(file).cloned();
            let back = change.apply_read(Rc::make_mut(&mut self.state.workspace), read.take())?;
            done.back.insert(0, back.clone());
            let kept = match &change {
                WorkChange::Edit { changes, .. } => {
                    if !from_editor && self.state.open_file == Some(file) {
                        self.tell_editor(file, old.as_deref()?, changes);
                    }
                    let new = self.state.workspace.file(file).cloned()?;
                    let difference = self.reindex(&new, Some(changes));
                    renamed |= self.follow(&difference, old.as_deref()?, changes, &mut done);
                    if difference.touches_hidden() {
                        let index = self.state.index.file(file)?;
                        let before = (old.as_deref()?, old_index.as_deref());
                        let (changes, gap) = veil(before, (&new, index), changes, &back);
                        done.rewrite |= gap == Gap::Shows;
                        done.stale |= gap == Gap::Hides;
                        WorkChange::Edit { file, changes }
                    } else {
                        change
                    }
                }
                WorkChange::Add { at, name, .. } => {
                    let new = self.state.workspace.file(file).cloned()?;
                    let difference = self.reindex(&new, None);
                    renamed = true;
                    for (summary, _) in &difference.changed {
                        done.touch(summary);
                        self.ask(summary.at);
                    }
                    let (at, name) = (*at, name.clone());
                    let text = text_to_keep(&new, self.state.index.file(file).map(|f| &**f));
                    WorkChange::Add { at, file, name, text }
                }
                WorkChange::Remove { .. } => {
                    let index = Rc::make_mut(&mut self.state.index);
                    let gone = index.files.iter().position(|f| f.file == file).map(|i| index.files.remove(i))?;
                    renamed = true;
                    for summary in &gone.documents {
                        done.touch(summary);
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

    /// Takes findings along with an edit; answers whether other documents may name the same object than before.
    fn follow(&mut self, difference: &Difference, old: &File, changes: &[Change], done: &mut Done) -> bool {
        let mut renamed = !difference.gone.is_empty();
        for summary in &difference.gone {
            done.touch(summary);
            self.forget(summary.at);
        }
        for (summary, before) in &difference.changed {
            let was = before.as_ref();
            renamed |= was.is_none_or(|w| w.identity() != summary.identity()) && self.may_double(summary);
            let hidden = was.map_or(Secrecy::No, |w| w.secrecy);
            was.iter().for_each(|w| done.touch(w));
            done.touch(summary);
            if summary.secrecy > hidden {
                done.exposed = done.exposed.max(summary.secrecy);
            }
            // In either direction what was kept is not what is to be kept now.
            done.rewrite |= summary.is_hidden() != (hidden != Secrecy::No) || summary.secrecy > hidden;
            if hidden != Secrecy::No && !summary.is_hidden() && !summary.null {
                done.settled.push(summary.at);
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
            let inner = &self.state.inner;
            let own = inner.withheld.contains(&summary.at) || inner.doubles.contains_key(&summary.at);
            if own || summary.is_hidden() || hidden != Secrecy::No {
                self.find_own(summary.at);
            }
        }
        renamed
    }

    /// A document is gone: nothing is known of it any more.
    pub(super) fn forget(&mut self, at: DocRef) {
        self.tell_gone(at);
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
    /// Documents were touched that do not say yet what they are.
    maybe: Vec<DocRef>,
    /// Something became this: of what was done before, less may be kept.
    exposed: Secrecy,
    /// Documents now say what they are, and they are no Secrets.
    settled: Vec<DocRef>,
    /// What was kept must go, or what was not kept is to be kept.
    rewrite: bool,
    /// The outline of a Secret was kept while it was being typed: it hides more than its values.
    stale: bool,
}

impl Done {
    fn touch(&mut self, summary: &Summary) {
        self.secret |= summary.secrecy == Secrecy::Yes;
        if summary.secrecy == Secrecy::Maybe && !self.maybe.contains(&summary.at) {
            self.maybe.push(summary.at);
        }
    }
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
