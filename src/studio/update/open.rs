//! Into the workspace: files that were dropped or picked, texts that were pasted.

use std::sync::Arc;

use super::{How, Turn};
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::studio::action::{OpenFailure, OpenedFile};
use crate::studio::change::WorkChange;
use crate::studio::state::Pane;
use crate::studio::workspace::FileId;
use crate::text::Change;
use crate::transfer::{self, ImportError};
use crate::yaml::Stream;

impl Turn {
    #[inline(never)]
    pub(super) fn opened(&mut self, files: Vec<OpenedFile>) {
        let mut changes = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let first = self.state.workspace.files.len();
        for OpenedFile { name, bytes } in files {
            let imported = match bytes {
                Ok(bytes) => transfer::import(&name, &bytes).map_err(|e| e.message()),
                Err(OpenFailure::TooLarge { size }) => Err(ImportError::TooLarge { name, size }.message()),
                Err(OpenFailure::Unreadable(why)) => {
                    Err(Message::new(id::NOTICE_FILE_UNREADABLE).with("name", name).with("why", why))
                }
            };
            let imported = match imported {
                Ok(imported) => imported,
                Err(message) => {
                    self.notice(Severity::Error, message, Vec::new());
                    continue;
                }
            };
            let same = self.state.workspace.files.iter().find(|f| *f.name == *imported.name);
            if same.is_some_and(|f| **f.stream.text() == *imported.text) {
                self.note(Message::new(id::NOTICE_ALREADY_OPEN).with("name", imported.name));
                continue;
            }
            if imported.converted {
                let message = Message::new(id::NOTICE_CONVERTED).with("name", imported.name.as_str());
                self.notice(Severity::Info, message, Vec::new());
            }
            let text: Arc<str> = imported.text.into();
            let mut add = self.new_file(&imported.name, text);
            if let WorkChange::Add { at, name, .. } = &mut add {
                *at = first + changes.len();
                // Two dropped files may have one name.
                let free =
                    transfer::unique_name(&name.0, |n| names.iter().any(|o| o.to_lowercase() == n.to_lowercase()));
                let free = if *free == *name.0 { free } else { self.free_name(&free, None) };
                if *free != *imported.name {
                    let message =
                        Message::new(id::NOTICE_OPENED_AS).with("name", imported.name).with("as", free.as_str());
                    self.note(message);
                }
                names.push(free.clone());
                name.0 = free.into();
            }
            changes.push(add);
        }
        let added: Vec<FileId> = changes.iter().map(WorkChange::file).collect();
        let Some(&first) = added.first() else { return };
        self.state.dialog = None;
        self.state.pane = Pane::Workspace;
        self.commit(changes, How::default(), |turn| {
            turn.state.selected = None;
            turn.state.focus = None;
            turn.state.open_file = Some(first);
        });
        self.split_lists(&added);
    }

    #[inline(never)]
    pub(super) fn paste(&mut self, text: &str) {
        if text.trim().is_empty() {
            return self.notice(Severity::Warning, Message::new(id::NOTICE_PASTED_NOTHING), Vec::new());
        }
        let stream = Stream::read(text);
        let first = stream.documents().iter().find(|d| !d.document.is_null());
        let name = first.map_or_else(|| "pasted.yaml".to_owned(), |d| transfer::download_name(&d.document));
        let add = self.new_file(&name, text.into());
        let file = add.file();
        self.state.dialog = None;
        self.state.pane = Pane::Workspace;
        self.commit(vec![add], How::default(), Turn::select_last_file);
        self.split_lists(&[file]);
    }

    /// A `kind: List` becomes its documents: a step of its own, so that undo shows the list as it was.
    fn split_lists(&mut self, files: &[FileId]) {
        let mut changes = Vec::new();
        for &id in files {
            let Some(file) = self.state.workspace.file(id) else { continue };
            let texts: Vec<(usize, usize, String)> = file
                .stream
                .documents()
                .iter()
                .filter_map(|l| Some((l.start, l.end(), transfer::split_list(&l.document)?)))
                .collect();
            if !texts.is_empty() {
                let splices = texts.into_iter().map(|(from, to, text)| Change::new(from, to, text)).collect();
                changes.push(WorkChange::Edit { file: id, changes: splices });
            }
        }
        let before = self.state.index.documents().count();
        if !changes.is_empty() && self.commit(changes, How::default(), |turn| turn.state.selected = None) {
            let now = self.state.index.documents().count();
            self.note(Message::new(id::NOTICE_LIST_SPLIT).with("n", (now + 1).saturating_sub(before)));
        }
    }
}
