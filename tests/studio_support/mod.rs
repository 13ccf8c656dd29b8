//! A person at a desk, without a browser: actions go in, effects are carried out on a pretended disk,
//! with the real analyst called directly.

#![allow(dead_code)]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use manifest_studio::cluster::{Request, Response, TransportError};
use manifest_studio::schema::Catalog;
use manifest_studio::studio::analysis;
use manifest_studio::studio::persist::{StorageFailure, Stored, TabMessage, WriteKind};
use manifest_studio::studio::{Action, DocRef, Effect, FileId, Notice, OpenedFile, PlacedChange, Start, State, update};
use manifest_studio::text::{Change, LineIndex, Position};
use manifest_studio::yaml::{Path, Step};

/// What answers requests.
pub type Cluster = Box<dyn FnMut(&Request) -> Result<Response, TransportError>>;

/// What a browser keeps, shared by its tabs.
#[derive(Default)]
pub struct Disk {
    pub kept: BTreeMap<String, Stored>,
    pub last: Option<String>,
    pub full: bool,
    pub missing: bool,
}

/// One tab.
pub struct Desk {
    pub state: State,
    pub disk: Rc<RefCell<Disk>>,
    /// Everything that was to be done outside and is not pretended here, in order.
    pub effects: Vec<Effect>,
    /// Everything that left the page's memory by itself: storage, address, other tabs.
    pub left: Vec<String>,
    /// What was given to the storage.
    pub writes: Vec<manifest_studio::studio::persist::Write>,
    /// What the other tabs were told.
    pub said: Vec<TabMessage>,
    /// The editor's own text of each file, following what it is told and what is typed.
    pub editor: BTreeMap<FileId, String>,
    /// Whether writes are answered at once.
    pub answering: bool,
    pub unanswered: Vec<Action>,
    /// Whether the analyst answers.
    pub analyst: bool,
    pub cluster: Option<Cluster>,
    /// What the analyst remembers.
    pub mind: analysis::Analyst,
}

impl Desk {
    /// A browser that was never here.
    pub fn new() -> Desk {
        let mut desk = Desk::on(Rc::default(), 1);
        desk.start("");
        desk
    }

    pub fn on(disk: Rc<RefCell<Disk>>, tab: u64) -> Desk {
        let mut desk = Desk {
            state: State::default(),
            disk,
            effects: Vec::new(),
            left: Vec::new(),
            writes: Vec::new(),
            said: Vec::new(),
            editor: BTreeMap::new(),
            answering: true,
            unanswered: Vec::new(),
            analyst: true,
            cluster: None,
            mind: analysis::Analyst::default(),
        };
        desk.state = State::new(manifest_studio::i18n::Locale::En);
        desk.editor.clear();
        TAB.set(tab);
        desk
    }

    pub fn start(&mut self, hash: &str) {
        let last_workspace = self.disk.borrow().last.clone();
        let tab = TAB.get();
        self.act(Action::Start(Start { hash: hash.into(), last_workspace, tab, ..Start::default() }));
    }

    /// Another tab, or the same after a reload.
    pub fn reload(&self, tab: u64) -> Desk {
        let mut desk = Desk::on(self.disk.clone(), tab);
        desk.start("");
        desk
    }

    pub fn act(&mut self, action: Action) {
        let mut actions = vec![action];
        while !actions.is_empty() {
            let action = actions.remove(0);
            if let Action::Typed { file, changes, .. } = &action {
                let text = self.editor.entry(*file).or_default();
                *text = placed(text, changes);
            }
            let (state, effects) = update(self.state.clone(), action);
            if state.workspace_name != self.state.workspace_name {
                // Another workspace's files are other texts, whatever their numbers.
                self.editor.clear();
            }
            self.state = state;
            for effect in effects {
                if let Some(answer) = self.carry_out(effect) {
                    actions.push(answer);
                }
            }
            self.check_editor();
        }
    }

    /// The editor shows the text of the file, whatever way it came there.
    fn check_editor(&mut self) {
        let Some(open) = self.state.open_file else { return };
        let text = self.text_of(open).replace("\r\n", "\n").replace('\r', "\n");
        if let Some(shown) = self.editor.get(&open) {
            assert_eq!(shown.replace("\r\n", "\n").replace('\r', "\n"), text, "the editor is out of step");
        }
        // Another file: the editor is given its text.
        self.editor.clear();
        self.editor.insert(open, self.text_of(open));
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Action> {
        // The analyst and the editor are the page itself; the rest goes where the person sends it, or is said.
        let stays = matches!(
            effect,
            Effect::Analyze(_)
                | Effect::EditorChanges { .. }
                | Effect::Copy(_)
                | Effect::Download { .. }
                | Effect::Send { .. }
                | Effect::Announce(_)
                | Effect::RevealField { .. }
        );
        if !stays {
            self.left.push(format!("{effect:?}"));
        }
        match &effect {
            Effect::Store(write) => {
                self.writes.push(write.clone());
                let answer = self.write(write);
                if !self.answering {
                    self.unanswered.push(answer);
                    return None;
                }
                return Some(answer);
            }
            Effect::LoadWorkspace(name) => {
                let disk = self.disk.borrow();
                let stored =
                    if disk.missing { Err(StorageFailure::Unavailable) } else { Ok(disk.kept.get(name).cloned()) };
                return Some(Action::Loaded { name: name.clone(), stored });
            }
            Effect::ListWorkspaces => {
                return Some(Action::WorkspacesListed(self.disk.borrow().kept.keys().cloned().collect()));
            }
            Effect::RememberWorkspace(name) => self.disk.borrow_mut().last = Some(name.clone()),
            Effect::DeleteWorkspace(name) => drop(self.disk.borrow_mut().kept.remove(name)),
            Effect::RenameWorkspace { from, to } => {
                let mut disk = self.disk.borrow_mut();
                if let Some(stored) = disk.kept.remove(from) {
                    disk.kept.insert(to.clone(), stored);
                }
            }
            Effect::TellTabs(message) => self.said.push(message.clone()),
            Effect::FetchCatalog => return Some(Action::CatalogFetched(Ok(catalog_bytes()))),
            Effect::Analyze(message) if self.analyst => {
                let json = serde_json::to_string(message).expect("writes");
                let message = serde_json::from_str(&json).expect("reads");
                let answer = self.mind.answer(Catalog::builtin(), &message);
                let json = serde_json::to_string(&answer).expect("writes");
                return Some(Action::Analyst(serde_json::from_str(&json).expect("reads")));
            }
            Effect::RestartAnalyst(_) => self.mind = analysis::Analyst::default(),
            Effect::EditorChanges { file, changes } => {
                if let Some(text) = self.editor.get_mut(file) {
                    *text = placed(text, changes);
                }
            }
            Effect::Send { ticket, request } => {
                if let Some(cluster) = &mut self.cluster {
                    return Some(Action::Answered { ticket: *ticket, answer: cluster(request) });
                }
            }
            _ => (),
        }
        self.effects.push(effect);
        None
    }

    pub fn write(&self, write: &manifest_studio::studio::persist::Write) -> Action {
        let mut disk = self.disk.borrow_mut();
        let name = write.workspace.to_string();
        let failed = |failure| Action::StorageFailed { write: Some((name.clone(), write.seq)), failure };
        if disk.missing {
            return failed(StorageFailure::Unavailable);
        }
        if disk.kept.get(&name).map_or(0, |s| s.seq) != write.after {
            return failed(StorageFailure::Conflict);
        }
        if disk.full {
            return failed(StorageFailure::Quota);
        }
        let stored = disk.kept.entry(name.clone()).or_default();
        match &write.kind {
            WriteKind::Append(record) => stored.records.push(record.to_string()),
            WriteKind::Snapshot(snapshot) => {
                stored.snapshot = Some(snapshot.to_string());
                stored.records.clear();
            }
        }
        stored.seq = write.seq;
        Action::Kept { workspace: name, seq: write.seq }
    }

    /// Everything that is kept, as one text to search in.
    pub fn on_disk(&self) -> String {
        let disk = self.disk.borrow();
        let texts = disk.kept.values().flat_map(|s| s.snapshot.iter().chain(&s.records));
        texts.map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Adds a file as a person does who opens one.
    pub fn open(&mut self, name: &str, text: &str) -> FileId {
        self.act(Action::Opened(vec![OpenedFile { name: name.into(), bytes: Ok(Rc::from(text.as_bytes())) }]));
        self.state.workspace.files.last().expect("a file").id
    }

    pub fn text_of(&self, file: FileId) -> String {
        self.state.workspace.file(file).map(|f| f.stream.text().to_string()).unwrap_or_default()
    }

    /// The text of the only file, or of the one that is shown.
    pub fn text(&self) -> String {
        self.state.open_file.map(|f| self.text_of(f)).unwrap_or_default()
    }

    /// Names and texts of all files.
    pub fn files(&self) -> Vec<(String, String)> {
        self.state.workspace.files.iter().map(|f| (f.name.to_string(), f.stream.text().to_string())).collect()
    }

    /// Names of the files.
    pub fn names(&self) -> Vec<String> {
        self.files().into_iter().map(|(name, _)| name).collect()
    }

    /// The `n`th document that is listed, from 0.
    pub fn doc(&self, n: usize) -> DocRef {
        self.state.index.documents().nth(n).expect("a document").at
    }

    /// Types at a byte offset of a file, a character at a time.
    pub fn type_at(&mut self, file: FileId, mut at: usize, text: &str) {
        for c in text.chars() {
            self.edit(file, at, at, &c.to_string());
            at += c.len_utf8();
        }
    }

    /// One change of the editor.
    pub fn edit(&mut self, file: FileId, from: usize, to: usize, insert: &str) {
        let text = self.text_of(file);
        let index = LineIndex::new(&text);
        let changes = vec![PlacedChange {
            from: index.position(&text, from),
            to: index.position(&text, to),
            insert: insert.into(),
        }];
        let kind = manifest_studio::studio::EditKind::Type;
        self.act(Action::Typed { file, changes, kind });
    }

    /// What is said to the person now.
    pub fn notices(&self) -> Vec<String> {
        self.state.notices.iter().map(|n: &Notice| n.message.text(self.state.locale)).collect()
    }

    /// The findings of a document: field and words.
    pub fn findings(&self, doc: DocRef) -> Vec<(String, String)> {
        let found = self.state.findings.of(doc);
        let found = found.iter().flat_map(|f| &f.all);
        found.map(|f| (f.field.to_string(), f.message.text(self.state.locale))).collect()
    }
}

thread_local! {
    static TAB: std::cell::Cell<u64> = const { std::cell::Cell::new(1) };
}

pub fn catalog_bytes() -> Rc<[u8]> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/static/catalog.bin");
    Rc::from(std::fs::read(path).expect("the catalog"))
}

/// As CodeMirror does it: places of the text before all changes.
fn placed(text: &str, changes: &[PlacedChange]) -> String {
    let index = LineIndex::new(text);
    let at = |p: Position| index.offset(text, p);
    let changes: Vec<Change> = changes.iter().map(|c| Change::new(at(c.from), at(c.to), c.insert.clone())).collect();
    Change::apply_all(text, &changes)
}

/// `spec.containers.0.image` as a path.
pub fn path(text: &str) -> Path {
    let step = |s: &str| s.parse::<usize>().map_or_else(|_| Step::from(s), Step::from);
    text.split('.').map(step).collect()
}
