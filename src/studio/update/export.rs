//! Out of the page: the clipboard, files for the disk.

use std::rc::Rc;

use super::Turn;
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::studio::arrange;
use crate::studio::effect::Effect;
use crate::studio::state::Dialog;
use crate::studio::workspace::{DocRef, FileId};
use crate::transfer;

impl Turn {
    #[inline(never)]
    pub(super) fn copy_document(&mut self, doc: DocRef) {
        if let Some(located) = self.state.workspace.document(doc) {
            let text = arrange::alone(located.document.text()).to_owned();
            self.effects.push(Effect::Copy(text));
        }
    }

    #[inline(never)]
    pub(super) fn copy_file(&mut self, file: FileId) {
        if let Some(file) = self.state.workspace.file(file) {
            self.effects.push(Effect::Copy(file.stream.text().to_string()));
        }
    }

    #[inline(never)]
    pub(super) fn copy_all(&mut self) {
        let texts = self.state.workspace.files.iter().map(|f| &**f.stream.text());
        let text = arrange::together(texts);
        self.effects.push(Effect::Copy(text));
    }

    #[inline(never)]
    pub(super) fn copied(&mut self) {
        self.note(Message::new(id::NOTICE_COPIED));
    }

    #[inline(never)]
    pub(super) fn clipboard_blocked(&mut self, text: String) {
        self.notice(Severity::Warning, Message::new(id::NOTICE_CLIPBOARD_BLOCKED), Vec::new());
        self.state.dialog = Some(Dialog::CopyByHand(text));
    }

    #[inline(never)]
    pub(super) fn download_file(&mut self, file: FileId) {
        let Some(file) = self.state.workspace.file(file) else { return };
        let name = file.name.rsplit('/').next().unwrap_or(&file.name).to_owned();
        let bytes = Rc::from(file.stream.text().as_bytes());
        self.effects.push(Effect::Download { name, mime: "application/yaml", bytes });
    }

    #[inline(never)]
    pub(super) fn download_all(&mut self) {
        let files = self.state.workspace.files.iter().map(|f| (&*f.name, &**f.stream.text()));
        let bytes = Rc::from(transfer::zip(files));
        let name = transfer::file_name(&self.state.workspace_name).replace('/', "-") + ".zip";
        self.effects.push(Effect::Download { name, mime: "application/zip", bytes });
    }
}
