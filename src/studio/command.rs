//! What the command palette offers, and the keys that do the same.

use super::action::Action;
use super::server::{Connection, Verb};
use super::state::{Dialog, Pane, Panel, State, Theme};
use crate::i18n::{Id, Locale, Message, id};
use crate::k8s::Version;

/// One line of the palette.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its name.
    pub title: Message,
    /// The keys that do the same: `mod+k`; `mod` is Ctrl, or ⌘ on a Mac.
    pub keys: Option<&'static str>,
    /// What it does.
    pub action: Action,
}

/// Everything that can be done now; documents and templates are listed where they are chosen.
pub fn commands(state: &State) -> Vec<Command> {
    let mut all = Vec::with_capacity(48);
    let mut offer = |title: Message, keys, action| all.push(Command { title, keys, action });
    let say = |id: Id| Message::new(id);

    offer(say(id::COMMAND_PALETTE), Some("mod+k"), Action::OpenDialog(Dialog::Palette));
    if state.can_undo {
        offer(say(id::COMMAND_UNDO), Some("mod+z"), Action::Undo);
    }
    if state.can_redo {
        offer(say(id::COMMAND_REDO), Some("mod+shift+z"), Action::Redo);
    }
    offer(say(id::COMMAND_ADD), Some("alt+n"), Action::OpenDialog(Dialog::AddResource));
    offer(say(id::COMMAND_PASTE), None, Action::OpenDialog(Dialog::Paste));
    if let Some(doc) = state.selected {
        offer(say(id::COMMAND_DUPLICATE), None, Action::DuplicateDocument(doc));
        offer(say(id::COMMAND_REMOVE), None, Action::RemoveDocument(doc));
        offer(say(id::COMMAND_COPY_DOCUMENT), None, Action::CopyDocument(doc));
    }
    if let Some(file) = state.open_file {
        offer(say(id::COMMAND_RENAME_FILE), None, Action::OpenDialog(Dialog::RenameFile(file)));
        offer(say(id::COMMAND_DUPLICATE_FILE), None, Action::DuplicateFile(file));
        offer(say(id::COMMAND_REMOVE_FILE), None, Action::RemoveFile(file));
        offer(say(id::COMMAND_COPY_FILE), None, Action::CopyFile(file));
        offer(say(id::COMMAND_DOWNLOAD_FILE), None, Action::DownloadFile(file));
        offer(say(id::COMMAND_COPY_ALL), None, Action::CopyAll);
        offer(say(id::COMMAND_DOWNLOAD_ALL), None, Action::DownloadAll);
    }

    match state.pane {
        Pane::Gallery => offer(say(id::COMMAND_WORKSPACE), None, Action::SetPane(Pane::Workspace)),
        Pane::Workspace => offer(say(id::COMMAND_GALLERY), None, Action::SetPane(Pane::Gallery)),
    }
    let panels = [
        (id::COMMAND_PROBLEMS, "alt+1", Panel::Problems),
        (id::COMMAND_EXPLAIN, "alt+2", Panel::Explain),
        (id::COMMAND_EFFECTIVE, "alt+3", Panel::Effective),
        (id::COMMAND_CLUSTER, "alt+4", Panel::Cluster),
        (id::COMMAND_LIVE, "alt+5", Panel::Live),
    ];
    for (title, keys, panel) in panels {
        offer(say(title), Some(keys), Action::SetPanel(panel));
    }

    match state.server.connection {
        Connection::Connected { .. } => {
            let verbs = [
                (Verb::DryRun, id::COMMAND_DRY_RUN, id::COMMAND_DRY_RUN_ALL),
                (Verb::Apply, id::COMMAND_APPLY, id::COMMAND_APPLY_ALL),
                (Verb::Delete, id::COMMAND_DELETE, id::COMMAND_DELETE_ALL),
            ];
            for (verb, one, many) in verbs {
                if let Some(doc) = state.selected {
                    offer(say(one), None, Action::Send { verb, docs: vec![doc] });
                }
                let docs: Vec<_> = state.index.documents().map(|d| d.at).collect();
                if docs.len() > 1 {
                    offer(say(many), None, Action::Send { verb, docs });
                }
            }
            if let Some(doc) = state.selected {
                offer(say(id::COMMAND_SHOW_LIVE), None, Action::Send { verb: Verb::Live, docs: vec![doc] });
            }
            offer(say(id::COMMAND_REFRESH), None, Action::RefreshObjects);
        }
        _ => offer(say(id::COMMAND_CONNECT), None, Action::Connect),
    }

    offer(say(id::COMMAND_WORKSPACES), None, Action::OpenDialog(Dialog::Workspaces));
    let shown = &*state.workspace_name;
    for name in state.workspaces.iter().filter(|n| **n != *shown) {
        let title = say(id::COMMAND_SWITCH).with("name", name.as_str());
        offer(title, None, Action::SwitchWorkspace(name.clone()));
    }
    for version in Version::ALL.into_iter().rev().filter(|&v| v != state.version) {
        let title = say(id::COMMAND_VERSION).with("version", version.to_string());
        offer(title, None, Action::SetVersion(version));
    }
    for &locale in Locale::ALL.iter().filter(|&&l| l != state.locale) {
        let title = say(id::COMMAND_LANGUAGE).with("name", locale.name());
        offer(title, None, Action::SetLocale(locale));
    }
    let themes = [
        (id::COMMAND_THEME_SYSTEM, Theme::System),
        (id::COMMAND_THEME_LIGHT, Theme::Light),
        (id::COMMAND_THEME_DARK, Theme::Dark),
    ];
    for (title, theme) in themes.into_iter().filter(|(_, t)| *t != state.theme) {
        offer(say(title), None, Action::SetTheme(theme));
    }
    offer(say(id::COMMAND_KEYBOARD), None, Action::OpenDialog(Dialog::Keyboard));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_do_one_thing_and_titles_differ() {
        let state = State { can_undo: true, can_redo: true, ..State::default() };
        let all = commands(&state);
        for (i, command) in all.iter().enumerate() {
            for other in &all[..i] {
                assert!(command.keys.is_none() || command.keys != other.keys, "{:?}", command.keys);
                for &locale in Locale::ALL {
                    assert_ne!(command.title.text(locale), other.title.text(locale));
                }
            }
        }
    }
}
