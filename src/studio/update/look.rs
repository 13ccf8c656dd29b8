//! What is looked at: the selected document, the field in focus, panels, the address.

use std::rc::Rc;

use super::Turn;
use crate::studio::change::WorkChange;
use crate::studio::effect::Effect;
use crate::studio::history::Place;
use crate::studio::route::Route;
use crate::studio::state::{Focus, FocusBy, Pane, Panel};
use crate::studio::workspace::{DocRef, FileId};
use crate::text::{Change, Position};
use crate::yaml::{DocId, Path};

impl Turn {
    #[inline(never)]
    pub(super) fn select(&mut self, doc: DocRef) {
        let Some(start) = self.state.workspace.document(doc).map(|l| l.start) else { return };
        if self.state.selected != Some(doc) {
            self.end_run();
            self.state.focus = None;
        }
        self.state.selected = Some(doc);
        self.state.open_file = Some(doc.file);
        self.state.pane = Pane::Workspace;
        self.reveal(doc.file, start, start);
    }

    #[inline(never)]
    pub(super) fn select_file(&mut self, file: FileId) {
        if self.state.workspace.file(file).is_none() {
            return;
        }
        let shown = self.state.selected.filter(|s| s.file == file);
        self.state.selected = shown.or_else(|| self.first_document(file));
        self.state.open_file = Some(file);
        self.state.pane = Pane::Workspace;
        if shown.is_none() {
            self.end_run();
            self.state.focus = None;
        }
    }

    #[inline(never)]
    pub(super) fn focus(&mut self, doc: DocRef, path: Path) {
        if self.state.workspace.document(doc).is_none() {
            return;
        }
        let same = self.state.focus.as_ref().is_some_and(|f| f.doc == doc && f.path == path);
        if !same {
            self.end_run();
        }
        self.state.selected = Some(doc);
        self.state.open_file = Some(doc.file);
        if !same || self.state.focus.as_ref().is_some_and(|f| f.by != FocusBy::Form) {
            self.state.focus = Some(Rc::new(Focus { doc, path, by: FocusBy::Form }));
        }
        self.want_explanation();
    }

    #[inline(never)]
    pub(super) fn cursor(&mut self, file: FileId, at: Position) {
        let (Some(index), Some(shown)) = (self.state.index.file(file), self.state.workspace.file(file)) else { return };
        let offset = index.lines.offset(shown.stream.text(), at);
        self.cursor_at(file, offset);
        self.want_explanation();
    }

    /// The cursor is at that byte of the file: its document and field are looked at.
    pub(super) fn cursor_at(&mut self, file: FileId, offset: usize) {
        let Some(shown) = self.state.workspace.file(file) else { return };
        let Some(located) = shown.stream.document_at(offset) else { return };
        let doc = DocRef { file, doc: located.id };
        self.state.open_file = Some(file);
        if located.document.is_null() {
            return;
        }
        let path = located.document.path_at(offset - located.start);
        self.state.selected = Some(doc);
        let focus = Focus { doc, path, by: FocusBy::Text };
        if self.state.focus.as_deref() != Some(&focus) {
            self.state.focus = Some(Rc::new(focus));
        }
    }

    #[inline(never)]
    pub(super) fn show_finding(&mut self, doc: DocRef, finding: usize) {
        let Some(found) = self.state.findings.of(doc).and_then(|f| f.all.get(finding)) else { return };
        let (span, path) = (found.span, found.path.clone());
        let Some(start) = self.state.workspace.document(doc).map(|l| l.start) else { return };
        self.end_run();
        self.state.selected = Some(doc);
        self.state.open_file = Some(doc.file);
        self.state.pane = Pane::Workspace;
        self.state.focus = Some(Rc::new(Focus { doc, path: path.clone(), by: FocusBy::Jump }));
        self.reveal(doc.file, start + span.start as usize, start + span.end as usize);
        self.effects.push(Effect::RevealField { path, focus: true });
    }

    #[inline(never)]
    pub(super) fn explain(&mut self, doc: DocRef, path: Path) {
        self.focus(doc, path);
        self.set_panel(Panel::Explain);
    }

    #[inline(never)]
    pub(super) fn set_panel(&mut self, panel: Panel) {
        self.state.panel = panel;
        self.want_explanation();
    }

    #[inline(never)]
    pub(super) fn toggle(&mut self, file: FileId) {
        let folded = Rc::make_mut(&mut self.state.folded);
        match folded.iter().position(|&f| f == file) {
            Some(at) => drop(folded.remove(at)),
            None => folded.push(file),
        }
    }

    #[inline(never)]
    pub(super) fn dismiss(&mut self, id: u32) {
        if self.state.notices.iter().any(|n| n.id == id) {
            Rc::make_mut(&mut self.state.notices).retain(|n| n.id != id);
        }
    }

    /// What comes next is a step of its own.
    fn end_run(&mut self) {
        if self.state.inner.group.take().is_some() {
            Rc::make_mut(&mut self.state.inner.history).close();
        }
    }

    /// Shows a range of a file in the editor.
    fn reveal(&mut self, file: FileId, from: usize, to: usize) {
        let (Some(index), Some(shown)) = (self.state.index.file(file), self.state.workspace.file(file)) else { return };
        let text = shown.stream.text();
        let (from, to) = (index.lines.position(text, from), index.lines.position(text, to));
        self.effects.push(Effect::RevealText { file, from, to });
    }

    /// Shows what a step through the history changed.
    pub(super) fn reveal_change(&mut self, changes: &[WorkChange]) {
        let edit = changes.iter().rev().find_map(|change| match change {
            WorkChange::Edit { file, changes } => Some((*file, changes)),
            _ => None,
        });
        if let Some((file, changes)) = edit
            && let Some(last) = changes.last()
            && self.state.open_file == Some(file)
        {
            let to = Change::map_position(changes, last.to).max(last.from);
            self.reveal(file, to.saturating_sub(last.insert.len()), to);
        }
        if let Some(focus) = self.state.focus.as_ref().filter(|f| Some(f.doc) == self.state.selected) {
            let path = focus.path.clone();
            self.effects.push(Effect::RevealField { path, focus: false });
        }
    }

    /// Selects what was selected then.
    pub(super) fn restore(&mut self, place: Option<Place>) {
        let Some(place) = place else { return };
        let Some(file) = self.state.workspace.file(place.file) else { return };
        self.state.open_file = Some(place.file);
        let located = file.stream.documents().get(place.document);
        self.state.selected = located.filter(|l| !l.document.is_null()).map(|l| DocRef { file: place.file, doc: l.id });
        self.state.focus = match (self.state.selected, place.path) {
            (Some(doc), Some(path)) => Some(Rc::new(Focus { doc, path, by: FocusBy::Jump })),
            _ => None,
        };
    }

    /// What is selected exists, and is of the file that is shown.
    pub(super) fn keep_selection(&mut self) {
        let state = &mut self.state;
        let work = state.workspace.clone();
        if state.open_file.is_some_and(|f| work.file(f).is_none()) {
            state.open_file = None;
        }
        let there = |doc: DocRef| work.document(doc).is_some_and(|l| !l.document.is_null());
        if let Some(selected) = state.selected.filter(|&s| !there(s)) {
            // The next document of the file, or the one before.
            let near = work.file(selected.file).and_then(|f| near(f.stream.documents(), selected.doc));
            state.selected = near.map(|doc| DocRef { file: selected.file, doc });
        }
        if state.selected.is_none() {
            let file = state.open_file.or_else(|| work.files.first().map(|f| f.id));
            let first = file.and_then(|f| self.first_document(f));
            self.state.open_file = file;
            self.state.selected = first;
        }
        let state = &mut self.state;
        if let Some(selected) = state.selected {
            state.open_file = Some(selected.file);
        }
        if state.focus.as_ref().is_some_and(|f| Some(f.doc) != state.selected) {
            state.focus = None;
        }
    }

    fn first_document(&self, file: FileId) -> Option<DocRef> {
        let index = self.state.index.file(file)?;
        index.documents.iter().find(|d| !d.null).map(|d| d.at)
    }

    /// The address follows what is shown.
    #[inline(never)]
    pub(super) fn show_address(&mut self) {
        if !self.state.inner.keeper.is_ready() {
            return;
        }
        let route = match self.state.pane {
            Pane::Gallery => Route::Gallery,
            Pane::Workspace => {
                let shown = self.state.open_file.and_then(|f| self.state.workspace.file(f));
                let document = self.state.selected.and_then(|s| {
                    let listed = self.state.index.file(s.file)?.documents.iter().filter(|d| !d.null);
                    listed.map(|d| d.at).position(|at| at == s).map(|i| i + 1)
                });
                let name = self.state.workspace_name.to_string();
                Route::Workspace { name, file: shown.map(|f| f.name.to_string()), document }
            }
        };
        let hash = route.format();
        if *hash != *self.state.inner.hash {
            self.state.inner.hash = hash.as_str().into();
            self.effects.push(Effect::SetHash(hash));
        }
    }

    pub(super) fn route(&mut self, hash: &str) {
        if *hash == *self.state.inner.hash {
            return;
        }
        match Route::parse(hash) {
            Some(Route::Gallery) => self.state.pane = Pane::Gallery,
            Some(Route::Workspace { name, file, document }) => {
                if *name == *self.state.workspace_name {
                    self.go(file.as_deref(), document);
                } else if self.state.workspaces.contains(&name) {
                    self.switch_workspace(&name);
                }
            }
            None => (),
        }
    }

    /// Shows a place that an address names; what is not there is left out.
    pub(super) fn go(&mut self, file: Option<&str>, document: Option<usize>) {
        self.state.pane = Pane::Workspace;
        let found = self.state.workspace.files.iter().find(|f| Some(&*f.name) == file).map(|f| f.id);
        let Some(file) = found else { return };
        let listed = self.state.index.file(file).map(|i| i.documents.iter().filter(|d| !d.null));
        let doc = listed.and_then(|mut l| l.nth(document.unwrap_or(1).saturating_sub(1))).map(|d| d.at);
        match doc {
            Some(doc) => self.select(doc),
            None => self.select_file(file),
        }
    }
}

/// The document that is nearest to where `gone` was: ids are given in order.
fn near(documents: &[crate::yaml::Located], gone: DocId) -> Option<DocId> {
    let there = documents.iter().filter(|d| !d.document.is_null());
    there.min_by_key(|d| (d.id.0.abs_diff(gone.0), d.id.0)).map(|d| d.id)
}
