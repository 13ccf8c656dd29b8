//! `update`, cut along what happens. A [`Turn`] is one action being worked on.

mod analyst;
mod documents;
mod export;
mod fetch;
mod keep;
mod look;
mod open;
mod send;
mod text;

use std::rc::Rc;
use std::sync::Arc;

pub(super) use analyst::Queue;
pub(super) use keep::Keeper;
pub(super) use send::Sending;

use super::action::{Action, PlacedChange};
use super::change::WorkChange;
use super::effect::Effect;
use super::history::{Entry, Place};
use super::index::{Difference, FileIndex, Summary};
use super::persist::{self, Record};
use super::secrets;
use super::state::{Group, Notice, State};
use super::workspace::{DocRef, File, FileId};
use crate::check::Severity;
use crate::i18n::{Id, Message, id};
use crate::text::Change;

/// The next state and what is to be done outside. Pure: the same state and action give the same answer.
pub fn update(state: State, action: Action) -> (State, Vec<Effect>) {
    let mut turn = Turn { state, effects: Vec::new() };
    turn.take(action);
    turn.settle();
    (turn.state, turn.effects)
}

/// One action being worked on.
struct Turn {
    state: State,
    effects: Vec<Effect>,
}

/// How a change of the workspace is meant.
#[derive(Default)]
struct How {
    /// The run of changes that it belongs to.
    group: Option<Group>,
    /// The editor shows it already.
    from_editor: bool,
}

impl Turn {
    fn take(&mut self, action: Action) {
        match action {
            Action::Start(start) => self.start(start),
            Action::Form(doc, edit) => self.form(doc, &edit),
            Action::Typed { file, changes, kind } => self.typed(file, changes, kind),
            Action::Text(file, changes) => self.edit(file, changes, How::default()),
            Action::ApplyFix { doc, finding, fix } => self.apply_fix(doc, finding, fix),
            Action::Pause => self.pause(),
            Action::Undo => self.step(false),
            Action::Redo => self.step(true),

            Action::Select(doc) => self.select(doc),
            Action::SelectFile(file) => self.select_file(file),
            Action::Focus(doc, path) => self.focus(doc, path),
            Action::Cursor { file, at } => self.cursor(file, at),
            Action::ShowFinding { doc, finding } => self.show_finding(doc, finding),
            Action::Explain(doc, path) => self.explain(doc, path),
            Action::WantDocs(doc) => self.want_docs(doc),
            Action::SetPane(pane) => self.state.pane = pane,
            Action::SetPanel(panel) => self.set_panel(panel),
            Action::OpenDialog(dialog) => self.state.dialog = Some(dialog),
            Action::CloseDialog => self.state.dialog = None,
            Action::ToggleFile(file) => self.toggle(file),
            Action::Dismiss(id) => self.dismiss(id),
            Action::Route(hash) => self.route(&hash),

            Action::UseTemplate { id, to } => self.use_template(&id, to),
            Action::StartEmpty { api_version, kind, to } => self.start_empty(&api_version, &kind, to),
            Action::Opened(files) => self.opened(files),
            Action::Paste(text) => self.paste(&text),
            Action::MoveDocument { doc, to, index } => self.move_document(doc, to, index),
            Action::DuplicateDocument(doc) => self.duplicate_document(doc),
            Action::RemoveDocument(doc) => self.remove_document(doc),
            Action::AddFile(name) => self.add_file(&name, ""),
            Action::RenameFile(file, name) => self.rename_file(file, &name),
            Action::MoveFile(file, to) => self.move_file(file, to),
            Action::DuplicateFile(file) => self.duplicate_file(file),
            Action::RemoveFile(file) => self.remove_file(file),

            Action::CreateWorkspace(name) => self.create_workspace(&name),
            Action::RenameWorkspace(name) => self.rename_workspace(&name),
            Action::SwitchWorkspace(name) => self.switch_workspace(&name),
            Action::DeleteWorkspace(name) => self.delete_workspace(&name),

            Action::CopyDocument(doc) => self.copy_document(doc),
            Action::CopyFile(file) => self.copy_file(file),
            Action::CopyAll => self.copy_all(),
            Action::CopyText(text) => self.effects.push(Effect::Copy(text)),
            Action::DownloadFile(file) => self.download_file(file),
            Action::DownloadAll => self.download_all(),

            Action::SetVersion(version) => self.set_version(version),
            Action::SetLocale(locale) => {
                self.state.locale = locale;
                self.effects.push(Effect::SetLocale(locale));
            }
            Action::SetTheme(theme) => {
                self.state.theme = theme;
                self.effects.push(Effect::SetTheme(theme));
            }

            Action::Connect => self.connect(),
            Action::Send { verb, docs } => self.send(verb, docs),
            Action::DeleteConfirmed(docs) => self.delete_confirmed(docs),
            Action::TakeOver(doc) => self.take_over(doc),
            Action::RefreshObjects => self.refresh_objects(),
            Action::ForgetAnswer(doc) => self.forget_answer(doc),

            Action::Copied => self.copied(),
            Action::ClipboardBlocked { text } => self.clipboard_blocked(text),
            Action::WorkspacesListed(names) => self.workspaces_listed(names),
            Action::Loaded { name, stored } => self.loaded(&name, stored),
            Action::Kept { workspace, seq } => self.kept(&workspace, seq),
            Action::StorageFailed { write, failure } => self.storage_failed(write, failure),
            Action::OtherTab(message) => self.other_tab(message),
            Action::FetchCatalog => self.effects.push(Effect::FetchCatalog),
            Action::CatalogFetched(result) => self.catalog_fetched(result),
            Action::DocsFetched { group, result } => self.docs_fetched(group, result),
            Action::Analyst(message) => self.analyst(message),
            Action::AnalystTimeout(batch) => self.analyst_timeout(batch),
            Action::AnalystFailed(why) => self.analyst_failed(&why),
            Action::EditorFailed(why) => {
                self.notice(Severity::Warning, Message::new(id::NOTICE_EDITOR_FAILED).with("why", why), Vec::new());
            }
            Action::Answered { ticket, answer } => self.answered(ticket, answer),
        }
    }

    /// What follows from everything, whatever it was.
    fn settle(&mut self) {
        self.keep_selection();
        self.state.can_undo = !self.state.inner.history.undo.is_empty();
        self.state.can_redo = !self.state.inner.history.redo.is_empty();
        self.ask_analyst();
        self.show_address();
    }

    /// Makes changes of the workspace as one step of the history; `then` selects what is to be
    /// selected after it. `false`, and nothing is changed, when one does not fit.
    fn commit(&mut self, changes: Vec<WorkChange>, how: How, then: impl FnOnce(&mut Turn)) -> bool {
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
    fn step(&mut self, forward: bool) {
        self.state.inner.group = None;
        let secrets = self.state.inner.history.has_secret();
        let Some(entry) = Rc::make_mut(&mut self.state.inner.history).take(forward) else { return };
        // A way back always fits: it was made of the state that it leads away from.
        let Some(done) = self.perform(entry.changes.clone(), false) else { return };
        let place = if forward { entry.after.clone() } else { entry.before.clone() };
        let way = Entry { changes: done.back, secret: entry.secret || done.secret, ..(*entry).clone() };
        Rc::make_mut(&mut self.state.inner.history).put(forward, way);
        if let Some(file) = done.exposed {
            Rc::make_mut(&mut self.state.inner.history).mark_secret(file);
        }
        self.restore(place);
        self.reveal_change(&entry.changes);
        if secrets || done.secret || done.exposed.is_some() {
            // What is kept has no such step in its history.
            self.keep_snapshot();
        } else {
            self.keep_record(if forward { Record::Redo } else { Record::Undo });
        }
        self.state.pane = super::state::Pane::Workspace;
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
    fn forget(&mut self, at: DocRef) {
        Rc::make_mut(&mut self.state.findings).forget(at);
        self.forget_sent(at);
    }

    fn tell_editor(&mut self, file: FileId, old: &File, changes: &[Change]) {
        let Some(index) = self.state.index.file(file) else { return };
        let text = old.stream.text();
        let place = |offset| index.lines.position(text, offset);
        let changes =
            changes.iter().map(|c| PlacedChange { from: place(c.from), to: place(c.to), insert: c.insert.clone() });
        let changes = changes.collect();
        self.effects.push(Effect::EditorChanges { file, changes });
    }

    /// What is selected, told so that it means the same after a reload.
    fn place(&self) -> Option<Place> {
        let Some(selected) = self.state.selected else {
            let file = self.state.open_file?;
            return Some(Place { file, document: 0, path: None });
        };
        let file = self.state.workspace.file(selected.file)?;
        let document = file.stream.documents().iter().position(|d| d.id == selected.doc)?;
        let focus = self.state.focus.as_ref().filter(|f| f.doc == selected);
        Some(Place { file: selected.file, document, path: focus.map(|f| f.path.clone()) })
    }

    /// Says something, with what can be done about it.
    fn notice(&mut self, severity: Severity, message: Message, ways: Vec<(Id, Action)>) {
        self.say(Notice { id: 0, severity, message, ways, passing: false });
    }

    /// Says that something was done; it goes by itself.
    fn note(&mut self, message: Message) {
        self.say(Notice { id: 0, severity: Severity::Info, message, ways: Vec::new(), passing: true });
    }

    fn say(&mut self, mut notice: Notice) {
        let notices = Rc::make_mut(&mut self.state.notices);
        // The same thing is not said twice at once.
        notices.retain(|n| n.message != notice.message);
        notice.id = self.state.inner.next_notice;
        self.state.inner.next_notice += 1;
        self.effects.push(Effect::Announce(notice.message.clone()));
        notices.push(notice);
    }

    fn summary(&self, at: DocRef) -> Option<Rc<Summary>> {
        self.state.index.document(at).cloned()
    }

    /// A document as a person calls it: its kind and name, or its file.
    fn called(&self, at: DocRef) -> String {
        let summary = self.state.index.document(at);
        let kind = summary.and_then(|s| s.gvk.as_ref()).map(|g| g.kind.as_str());
        let name = summary.and_then(|s| s.name.as_deref());
        let file = self.state.workspace.file(at.file).map_or("", |f| &f.name);
        match (kind, name) {
            (Some(kind), Some(name)) => format!("{kind} {name}"),
            (Some(kind), None) => format!("{kind} · {file}"),
            _ => file.to_owned(),
        }
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
