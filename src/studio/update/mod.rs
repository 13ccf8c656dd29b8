//! `update`, cut along what happens. A [`Turn`] is one action being worked on.
//!
//! What an action leads to is never inlined into [`Turn::take`], which the first screen needs: so most of it can come
//! behind that (tools/split).

mod analyst;
mod documents;
mod export;
mod fetch;
mod hide;
mod keep;
mod look;
mod open;
mod placing;
mod questions;
mod send;
mod text;
mod work;
mod workspaces;

use std::rc::Rc;

pub(super) use analyst::Queue;
pub(super) use keep::Keeper;
pub(super) use send::Sending;
use work::How;

use super::action::Action;
use super::effect::Effect;
use super::history::Place;
use super::index::Summary;
use super::secrets;
use super::state::{Notice, State};
use super::workspace::DocRef;
use crate::check::Severity;
use crate::i18n::{Id, Message, id};

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

    /// What is selected, told so that it means the same after a reload.
    fn place(&self) -> Option<Place> {
        let Some(selected) = self.state.selected else {
            let file = self.state.open_file?;
            return Some(Place { file, document: 0, path: None });
        };
        let file = self.state.workspace.file(selected.file)?;
        let document = file.stream.documents().iter().position(|d| d.id == selected.doc)?;
        let focus = self.state.focus.as_ref().filter(|f| f.doc == selected);
        let hidden = self.state.index.document(selected).filter(|d| d.is_hidden());
        let path = focus.map(|f| match hidden {
            Some(summary) => secrets::path_to_keep(&summary.document, &f.path),
            None => f.path.clone(),
        });
        Some(Place { file: selected.file, document, path })
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
