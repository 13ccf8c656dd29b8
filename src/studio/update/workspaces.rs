//! Several workspaces by name, several tabs of one browser.

use std::rc::Rc;

use super::Turn;
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::studio::action::Action;
use crate::studio::effect::Effect;
use crate::studio::persist::{Kept, News, Stored, TabMessage};
use crate::studio::state::{Pane, StorageState};

impl Turn {
    #[inline(never)]
    pub(super) fn other_tab(&mut self, message: TabMessage) {
        let keeper = &self.state.inner.keeper;
        if message.tab == keeper.tab {
            return;
        }
        if message.workspace != *self.state.workspace_name {
            if !matches!(message.news, News::Here | News::HereToo | News::Wrote(_)) {
                self.effects.push(Effect::ListWorkspaces);
            }
            return;
        }
        match message.news {
            News::Here => {
                self.tell_tabs(News::HereToo);
                self.note(Message::new(id::NOTICE_ANOTHER_TAB));
            }
            News::HereToo => self.note(Message::new(id::NOTICE_ANOTHER_TAB)),
            News::Wrote(seq) => {
                let quiet = self.state.storage == StorageState::Kept && keeper.is_even();
                if quiet && seq > keeper.kept {
                    self.load();
                }
            }
            News::Renamed(name) => {
                self.state.workspace_name = name.into();
                self.effects.push(Effect::ListWorkspaces);
            }
            News::Deleted => {
                // The text is here still, and is kept again as soon as something is done.
                let keeper = &mut self.state.inner.keeper;
                (keeper.issued, keeper.kept) = (0, 0);
                let message = Message::new(id::NOTICE_DELETED_ELSEWHERE).with("name", &*self.state.workspace_name);
                self.notice(Severity::Warning, message, Vec::new());
                if !self.state.workspace.files.is_empty() {
                    self.keep_snapshot();
                }
            }
        }
    }

    pub(super) fn tell_tabs(&mut self, news: News) {
        let (tab, workspace) = (self.state.inner.keeper.tab, self.state.workspace_name.to_string());
        self.effects.push(Effect::TellTabs(TabMessage { tab, workspace, news }));
    }

    #[inline(never)]
    pub(super) fn workspaces_listed(&mut self, names: Vec<String>) {
        self.list(|list| *list = names);
    }

    /// Changes the list of names; it stays sorted, and the one that is shown is in it.
    pub(super) fn list(&mut self, change: impl FnOnce(&mut Vec<String>)) {
        let mut names = (*self.state.workspaces).clone();
        change(&mut names);
        names.push(self.state.workspace_name.to_string());
        names.sort();
        names.dedup();
        self.state.workspaces = Rc::new(names);
    }

    /// Whether the workspace may be left: a text that is not kept would be lost.
    fn may_leave(&mut self) -> bool {
        let kept = matches!(self.state.storage, StorageState::Kept | StorageState::Writing);
        if !kept && !self.state.workspace.files.is_empty() {
            let way = (id::STUDIO_DOWNLOAD_ALL, Action::DownloadAll);
            self.notice(Severity::Warning, Message::new(id::NOTICE_CANNOT_LEAVE), vec![way]);
            return false;
        }
        self.pause();
        true
    }

    /// Shows another workspace, empty until it is read.
    fn show_workspace(&mut self, name: &str) {
        self.state.workspace_name = name.into();
        self.install(Kept { version: self.state.version, ..Kept::default() }, &Stored::default());
        self.state.dialog = None;
        self.state.inner.keeper.loading = false;
        self.effects.push(Effect::RememberWorkspace(name.to_owned()));
        self.list(|_| ());
    }

    #[inline(never)]
    pub(super) fn create_workspace(&mut self, name: &str) {
        let Some(name) = tidy(name) else { return };
        if !self.may_leave() {
            return;
        }
        let name = copy_name(&name, |name| self.state.workspaces.iter().any(|w| w == name));
        self.show_workspace(&name);
        if self.state.storage != StorageState::Unavailable {
            self.state.storage = StorageState::Kept;
            self.keep_snapshot();
        }
        self.state.pane = Pane::Gallery;
        self.tell_tabs(News::Here);
    }

    #[inline(never)]
    pub(super) fn switch_workspace(&mut self, name: &str) {
        if *name == *self.state.workspace_name || !self.may_leave() {
            return;
        }
        self.show_workspace(name);
        self.state.storage = StorageState::Loading;
        let keeper = &mut self.state.inner.keeper;
        keeper.first = true;
        self.state.pane = Pane::Workspace;
        self.load();
    }

    #[inline(never)]
    pub(super) fn rename_workspace(&mut self, name: &str) {
        let Some(name) = tidy(name).filter(|n| **n != *self.state.workspace_name) else { return };
        let from = self.state.workspace_name.to_string();
        let to = copy_name(&name, |name| self.state.workspaces.iter().any(|w| w == name));
        self.effects.push(Effect::RenameWorkspace { from: from.clone(), to: to.clone() });
        self.effects.push(Effect::RememberWorkspace(to.clone()));
        self.tell_tabs(News::Renamed(to.clone()));
        self.state.workspace_name = to.into();
        self.list(|names| names.retain(|n| *n != from));
    }

    #[inline(never)]
    pub(super) fn delete_workspace(&mut self, name: &str) {
        self.state.dialog = None;
        let tab = self.state.inner.keeper.tab;
        let news = TabMessage { tab, workspace: name.to_owned(), news: News::Deleted };
        self.effects.push(Effect::DeleteWorkspace(name.to_owned()));
        self.effects.push(Effect::TellTabs(news));
        if *name != *self.state.workspace_name {
            return self.list(|names| names.retain(|n| n != name));
        }
        let next = self.state.workspaces.iter().find(|n| *n != name).cloned();
        let storage = self.state.storage;
        match next {
            Some(next) => {
                self.show_workspace(&next);
                self.state.storage = StorageState::Loading;
                self.state.inner.keeper.first = true;
                self.load();
            }
            None => {
                let first = Message::new(id::STUDIO_FIRST_WORKSPACE).text(self.state.locale);
                self.show_workspace(&first);
                self.state.storage = storage;
                self.state.pane = Pane::Gallery;
            }
        }
        self.list(|names| names.retain(|n| n != name));
    }
}

/// A name for a workspace without blanks around it; `None` when nothing is left.
fn tidy(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.trim();
    (!name.is_empty()).then(|| name.chars().take(100).collect())
}

/// `name`, or `name (2)`, `name (3)`, … that is not `taken`.
pub(super) fn copy_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let base = match name.rsplit_once(" (") {
        Some((base, number)) if number.strip_suffix(')').is_some_and(|n| n.parse::<u32>().is_ok()) => base,
        _ => name,
    };
    (2u32..).map(|n| format!("{base} ({n})")).find(|n| !taken(n)).unwrap_or_else(|| name.to_owned())
}
