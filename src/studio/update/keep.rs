//! Keeping what was typed: writes, several workspaces, several tabs.

use std::rc::Rc;

use super::Turn;
use super::hide::{text_to_keep, unveil};
use super::workspaces::copy_name;
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::studio::action::{Action, Start};
use crate::studio::arrange;
use crate::studio::change::WorkChange;
use crate::studio::effect::Effect;
use crate::studio::findings::Findings;
use crate::studio::history::Place;
use crate::studio::index::{FileIndex, Index};
use crate::studio::persist::{Kept, News, Record, StorageFailure, Stored, Write, WriteKind};
use crate::studio::route::Route;
use crate::studio::secrecy::Secrecy;
use crate::studio::secrets;
use crate::studio::state::{Pane, StorageState};
use crate::studio::workspace::Workspace;

/// So many records, or so many bytes of them, are joined into a snapshot at the next pause.
const MANY_RECORDS: usize = 400;
const MANY_BYTES: usize = 1024 * 1024;

/// What is kept of the workspace, and how far.
#[derive(Clone, Debug, Default)]
pub(in crate::studio) struct Keeper {
    /// This tab.
    pub(super) tab: u64,
    /// The number of the last write that was given out.
    pub(super) issued: u64,
    /// The number of the last write that is kept.
    pub(super) kept: u64,
    /// Records behind the snapshot, and their bytes.
    records: usize,
    bytes: usize,
    /// Something was done that no write says.
    dirty: bool,
    /// The number of the write that tries once more after a failure.
    retry: Option<u64>,
    /// The outline of a Secret was written while it was being typed.
    stale: bool,
    /// What was selected when it was written last.
    place: Option<Place>,
    /// A workspace is being read.
    pub(super) loading: bool,
    /// Another tab wrote while it was.
    again: bool,
    /// Nothing of this workspace has been read yet: what is there now was added before.
    pub(super) first: bool,
    /// What the address names, to be shown when the workspace is there.
    wanted: Option<Route>,
}

impl Keeper {
    /// Whether the workspace is there.
    pub(super) fn is_ready(&self) -> bool {
        !self.first
    }

    /// What was written last of a Secret may hide more than its values.
    pub(super) fn outline_is_stale(&mut self) {
        self.stale = true;
    }

    /// Whether everything that was done is kept.
    pub(super) fn is_even(&self) -> bool {
        self.issued == self.kept && !self.dirty
    }
}

impl Turn {
    #[inline(never)]
    pub(super) fn start(&mut self, start: Start) {
        self.state.locale = start.locale;
        self.state.theme = start.theme;
        let keeper = &mut self.state.inner.keeper;
        keeper.tab = start.tab;
        keeper.first = true;
        let route = Route::parse(&start.hash);
        self.state.inner.hash = start.hash.as_str().into();
        let named = match &route {
            Some(Route::Workspace { name, .. }) => Some(name.clone()),
            _ => start.last_workspace,
        };
        self.state.inner.keeper.wanted = route;
        self.effects.push(Effect::ListWorkspaces);
        let name = named.unwrap_or_else(|| Message::new(id::STUDIO_FIRST_WORKSPACE).text(start.locale));
        self.state.workspace_name = name.as_str().into();
        self.load();
        self.effects.push(Effect::FetchCatalog);
        self.connect();
    }

    /// Reads the workspace that is shown.
    pub(super) fn load(&mut self) {
        let keeper = &mut self.state.inner.keeper;
        if keeper.loading {
            keeper.again = true;
            return;
        }
        keeper.loading = true;
        keeper.again = false;
        self.effects.push(Effect::LoadWorkspace(self.state.workspace_name.to_string()));
    }

    #[inline(never)]
    pub(super) fn loaded(&mut self, name: &str, stored: Result<Option<Stored>, StorageFailure>) {
        if *name != *self.state.workspace_name || !self.state.inner.keeper.loading {
            return;
        }
        let keeper = &mut self.state.inner.keeper;
        keeper.loading = false;
        let first = std::mem::take(&mut keeper.first);
        let again = std::mem::take(&mut keeper.again);
        if !first && !keeper.is_even() {
            // Typed in the meantime, on what was there before: the write under way will tell.
            return;
        }
        match stored {
            Err(failure) => {
                self.state.storage = StorageState::Unavailable;
                self.cannot_keep(&failure);
            }
            Ok(stored) if first && stored.as_ref().is_none_or(|s| s.snapshot.is_none() && s.records.is_empty()) => {
                // Nothing was kept: what was added meanwhile is the workspace.
                let seq = stored.map_or(0, |s| s.seq);
                let keeper = &mut self.state.inner.keeper;
                (keeper.issued, keeper.kept) = (seq, seq);
                self.state.storage = StorageState::Kept;
                if !self.state.workspace.files.is_empty() {
                    self.keep_snapshot();
                }
            }
            Ok(stored) => self.bring_back(name, &stored.unwrap_or_default(), first),
        }
        if first {
            self.tell_tabs(News::Here);
            let wanted = self.state.inner.keeper.wanted.take();
            match wanted {
                Some(Route::Gallery) => (),
                Some(Route::Workspace { file, document, .. }) if !self.state.workspace.files.is_empty() => {
                    self.go(file.as_deref(), document);
                }
                _ if !self.state.workspace.files.is_empty() => self.state.pane = Pane::Workspace,
                _ => self.state.pane = Pane::Gallery,
            }
            self.warn_of_placeholders();
        }
        if again {
            self.load();
        }
    }

    /// Puts what was kept on the screen.
    #[inline(never)]
    fn bring_back(&mut self, name: &str, stored: &Stored, first: bool) {
        let (mut kept, whole) = Kept::decode(stored);
        if !first {
            let index = self.state.index.clone();
            unveil(&mut kept.workspace, &self.state.workspace, |file| index.file(file.id).cloned());
        }
        self.state.storage = StorageState::Kept;
        let mine = if first { self.state.workspace.clone() } else { Rc::default() };
        self.install(kept, stored);
        if !whole {
            self.fork(Message::new(id::NOTICE_DAMAGED).with("name", name));
        }
        self.add_back(&mine);
    }

    /// What was added before the workspace was read goes into it.
    fn add_back(&mut self, mine: &Workspace) {
        let mut changes = Vec::new();
        for file in &mine.files {
            let mut add = self.new_file(&file.name, file.stream.text().clone());
            if let WorkChange::Add { at, .. } = &mut add {
                *at += changes.len();
            }
            changes.push(add);
        }
        if let Some(first) = changes.first().map(WorkChange::file) {
            self.commit(changes, super::How::default(), |turn| {
                turn.state.selected = None;
                turn.state.open_file = Some(first);
            });
        }
    }

    /// Puts what was kept in place of everything.
    pub(super) fn install(&mut self, kept: Kept, stored: &Stored) {
        let before = std::mem::replace(&mut self.state.workspace, Rc::new(kept.workspace));
        let workspace = self.state.workspace.clone();
        // The editor shows the difference only, so that its cursor stays.
        if let Some(open) = self.state.open_file
            && let (Some(old), Some(new)) = (before.file(open), workspace.file(open))
            && old.name == new.name
        {
            let changes = arrange::smallest(old.stream.text(), new.stream.text());
            if !changes.is_empty() {
                self.tell_editor(open, old, &changes);
            }
        }
        let mut index = Index::default();
        for file in &workspace.files {
            index.files.push(Rc::new(FileIndex::read(file, &mut self.state.inner.revision).0));
        }
        let state = &mut self.state;
        state.index = Rc::new(index);
        state.findings = Rc::new(Findings::default());
        state.version = kept.version;
        state.selected = None;
        state.open_file = None;
        state.focus = None;
        state.inner.history = Rc::new(kept.history);
        state.inner.group = None;
        state.inner.next_file = kept.next_file.max(workspace.files.iter().map(|f| f.id.0 + 1).max().unwrap_or(0));
        state.inner.doubles = Rc::default();
        let keeper = &mut state.inner.keeper;
        (keeper.issued, keeper.kept) = (stored.seq, stored.seq);
        (keeper.records, keeper.bytes) = (stored.records.len(), stored.records.iter().map(String::len).sum());
        (keeper.dirty, keeper.stale) = (false, false);
        keeper.place = kept.place.clone();
        self.forget_all_sent();
        self.restore(kept.place);
        self.ask_all();
        self.find_doubles();
        let withheld = self.state.index.documents().filter(|d| d.is_hidden() && secrets::is_withheld(&d.document));
        self.state.inner.withheld = Rc::new(withheld.map(|d| d.at).collect());
        let withheld = self.state.inner.withheld.clone();
        withheld.iter().for_each(|at| self.find_own(*at));
    }

    fn warn_of_placeholders(&mut self) {
        let withheld = self.state.inner.withheld.clone();
        let secrecy = |at| self.state.index.document(at).map_or(Secrecy::No, |d| d.secrecy);
        let secrets = withheld.iter().filter(|at| secrecy(**at) == Secrecy::Yes).count();
        for (n, what) in [(secrets, id::NOTICE_SECRETS_WITHHELD), (withheld.len() - secrets, id::NOTICE_DOUBT_WITHHELD)]
        {
            if n > 0 {
                self.notice(Severity::Warning, Message::new(what).with("n", n), Vec::new());
            }
        }
    }

    /// Keeps one record of what was done.
    pub(super) fn keep_record(&mut self, record: Record) {
        if self.state.storage == StorageState::Kept || self.state.storage == StorageState::Writing {
            let record = record.encode();
            let keeper = &mut self.state.inner.keeper;
            keeper.records += 1;
            keeper.bytes += record.len();
            self.write(WriteKind::Append(record));
        } else {
            self.state.inner.keeper.dirty = true;
        }
    }

    /// Keeps everything as it is now, in place of what was kept before.
    pub(super) fn keep_snapshot(&mut self) {
        let keeper = &self.state.inner.keeper;
        let trying = self.state.storage == StorageState::Failed && keeper.retry.is_some();
        if trying || matches!(self.state.storage, StorageState::Loading | StorageState::Unavailable) {
            self.state.inner.keeper.dirty = true;
            return;
        }
        let place = self.place();
        let state = &self.state;
        let kept = Kept {
            workspace: (*state.workspace).clone(),
            history: (*state.inner.history).clone(),
            version: state.version,
            next_file: state.inner.next_file,
            place: place.clone(),
        };
        let snapshot = kept.encode(|file| text_to_keep(file, self.state.index.file(file.id).map(|f| &**f)));
        let keeper = &mut self.state.inner.keeper;
        (keeper.records, keeper.bytes) = (0, 0);
        (keeper.dirty, keeper.stale) = (false, false);
        keeper.place = place;
        self.write(WriteKind::Snapshot(snapshot));
    }

    fn write(&mut self, kind: WriteKind) {
        let keeper = &mut self.state.inner.keeper;
        // After a failure the numbers in between were never kept.
        let failing = self.state.storage == StorageState::Failed;
        let after = if failing { keeper.kept } else { keeper.issued };
        keeper.issued += 1;
        keeper.retry = failing.then_some(keeper.issued);
        let (seq, workspace) = (keeper.issued, self.state.workspace_name.clone());
        self.effects.push(Effect::Store(Write { workspace, after, seq, kind }));
        if self.state.storage == StorageState::Kept {
            self.state.storage = StorageState::Writing;
        }
    }

    pub(super) fn pause(&mut self) {
        self.state.inner.group = None;
        let open = self.state.inner.history.is_open();
        if open {
            Rc::make_mut(&mut self.state.inner.history).close();
        }
        let doubt = self.state.index.documents().any(|d| d.secrecy == Secrecy::Maybe);
        if doubt && self.state.storage != StorageState::Unavailable && !self.state.inner.told_of_doubt {
            self.state.inner.told_of_doubt = true;
            self.notice(Severity::Info, Message::new(id::NOTICE_DOUBT_IN_MEMORY), Vec::new());
        }
        let place = self.place();
        let keeper = &self.state.inner.keeper;
        let many = keeper.records >= MANY_RECORDS || keeper.bytes >= MANY_BYTES;
        if self.state.storage == StorageState::Failed || many || keeper.stale {
            self.keep_snapshot();
        } else if (open || keeper.place != place) && keeper.issued > 0 && self.state.storage != StorageState::Loading {
            self.state.inner.keeper.place = place.clone();
            self.keep_record(Record::Pause(place));
        }
    }

    #[inline(never)]
    pub(super) fn kept(&mut self, workspace: &str, seq: u64) {
        if *workspace != *self.state.workspace_name {
            return;
        }
        let keeper = &mut self.state.inner.keeper;
        keeper.kept = keeper.kept.max(seq);
        keeper.retry = None;
        if keeper.kept < keeper.issued {
            return;
        }
        if self.state.storage == StorageState::Failed {
            // What was said of the failure is no longer so.
            let over = [id::NOTICE_QUOTA, id::NOTICE_STORAGE_FAILED, id::NOTICE_CANNOT_LEAVE];
            Rc::make_mut(&mut self.state.notices).retain(|notice| !over.contains(&notice.message.id));
            self.note(Message::new(id::NOTICE_KEPT_AGAIN));
        }
        self.state.storage = StorageState::Kept;
        if self.state.inner.keeper.dirty {
            self.keep_snapshot();
        }
        self.tell_tabs(News::Wrote(seq));
    }

    #[inline(never)]
    pub(super) fn storage_failed(&mut self, write: Option<(String, u64)>, failure: StorageFailure) {
        let Some((workspace, seq)) = write else {
            self.state.storage = StorageState::Unavailable;
            self.state.inner.keeper.loading = false;
            self.state.inner.keeper.first = false;
            return self.cannot_keep(&failure);
        };
        if *workspace != *self.state.workspace_name {
            return;
        }
        let failing = self.state.storage == StorageState::Failed;
        let retried = self.state.inner.keeper.retry == Some(seq);
        if retried {
            self.state.inner.keeper.retry = None;
        }
        match failure {
            // Behind a write that failed, all others that were given out fail as well.
            StorageFailure::Conflict if failing && !retried => (),
            StorageFailure::Conflict => {
                self.fork(Message::new(id::NOTICE_CHANGED_ELSEWHERE).with("name", workspace));
            }
            failure => {
                self.state.storage = StorageState::Failed;
                self.state.inner.keeper.dirty = true;
                if !failing {
                    self.cannot_keep(&failure);
                }
            }
        }
    }

    fn cannot_keep(&mut self, failure: &StorageFailure) {
        let message = match failure {
            StorageFailure::Quota => Message::new(id::NOTICE_QUOTA),
            StorageFailure::Unavailable => Message::new(id::NOTICE_NO_STORAGE),
            StorageFailure::Conflict => Message::new(id::NOTICE_STORAGE_FAILED).with("why", ""),
            StorageFailure::Other(why) => Message::new(id::NOTICE_STORAGE_FAILED).with("why", why.as_str()),
        };
        self.notice(Severity::Warning, message, vec![(id::STUDIO_DOWNLOAD_ALL, Action::DownloadAll)]);
    }

    /// What is here goes on under another name; what is kept under the old one stays as it is.
    fn fork(&mut self, message: Message) {
        let old = self.state.workspace_name.to_string();
        let name = copy_name(&old, |name| *name == *old || self.state.workspaces.iter().any(|w| w == name));
        self.state.workspace_name = name.as_str().into();
        self.list(|names| names.push(name.clone()));
        let keeper = &mut self.state.inner.keeper;
        (keeper.issued, keeper.kept, keeper.loading) = (0, 0, false);
        self.state.storage = StorageState::Kept;
        self.keep_snapshot();
        self.effects.push(Effect::RememberWorkspace(name.clone()));
        let way = (id::STUDIO_OPEN_OTHER, Action::SwitchWorkspace(old));
        self.notice(Severity::Warning, message.with("copy", name), vec![way]);
    }
}
