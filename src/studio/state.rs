use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::action::Action;
use super::analysis::Revision;
use super::effective::Effective;
use super::findings::Findings;
use super::history::History;
use super::index::Index;
use super::server::Server;
use super::update::{Keeper, Queue, Sending};
use super::workspace::{DocRef, FileId, Workspace};
use crate::check::Severity;
use crate::i18n::{Id, Locale, Message};
use crate::k8s::Version;
use crate::schema::{Catalog, Docs};
use crate::yaml::Path;

/// Everything the screen is a function of. Parts are shared by `Rc`, so that a component whose part
/// did not change is skipped by pointer comparison.
#[derive(Clone, Default)]
pub struct State {
    /// The files.
    pub workspace: Rc<Workspace>,
    /// Kind, name, lines: what is known of files and documents.
    pub index: Rc<Index>,
    /// The name under which the workspace is kept.
    pub workspace_name: Rc<str>,
    /// The names of all kept workspaces, sorted.
    pub workspaces: Rc<Vec<String>>,
    /// Whether what was typed is kept.
    pub storage: StorageState,
    /// The Kubernetes version chosen; kept with the workspace.
    pub version: Version,
    /// The schema, once it has been fetched.
    pub catalog: Option<Rc<Catalog>>,
    /// Documentation texts, as far as they have been fetched.
    pub docs: Rc<DocsState>,
    /// All findings, as far as they are known.
    pub findings: Rc<Findings>,
    /// The cluster.
    pub server: Rc<Server>,
    /// The document whose form is shown.
    pub selected: Option<DocRef>,
    /// The file whose text is shown (the selected document's, or one without documents).
    pub open_file: Option<FileId>,
    /// The field in focus, lit in both panes.
    pub focus: Option<Rc<Focus>>,
    /// The files that are folded in the list of documents.
    pub folded: Rc<Vec<FileId>>,
    /// What fills the page: the gallery or the workspace.
    pub pane: Pane,
    /// The panel below.
    pub panel: Panel,
    /// A document as the server would store it: of the selected one, while the panel shows it.
    pub effective: Option<Rc<Effective>>,
    /// The dialog in front, if any.
    pub dialog: Option<Dialog>,
    /// What is to be said: failures, and what was just done.
    pub notices: Rc<Vec<Notice>>,
    /// Language of the page.
    pub locale: Locale,
    /// Light, dark or the system's.
    pub theme: Theme,
    /// Whether there is something to undo.
    pub can_undo: bool,
    /// Whether there is something to redo.
    pub can_redo: bool,
    /// What no screen shows.
    pub(super) inner: Inner,
}

impl State {
    /// Before anything has happened, in the language of the first words.
    pub fn new(locale: Locale) -> State {
        State { locale, ..State::default() }
    }
}

/// What the studio knows and no screen shows.
#[derive(Clone, Default)]
pub(super) struct Inner {
    /// The one history.
    pub history: Rc<History>,
    /// What was done last, to tell whether the next thing is part of the same step.
    pub group: Option<Group>,
    /// What is kept, and how far.
    pub keeper: Keeper,
    /// What the analyst is to do.
    pub queue: Rc<Queue>,
    /// Documents of the same kind and name as another, and that other.
    pub doubles: Rc<BTreeMap<DocRef, DocRef>>,
    /// What is under way to the cluster.
    pub sending: Rc<Sending>,
    /// It was said that values of Secrets are not kept.
    pub told_of_secrets: bool,
    /// It was said that values without a kind are not kept.
    pub told_of_doubt: bool,
    /// Documents whose values were not kept; they are to be typed again, whatever the document turns out to be.
    pub withheld: Rc<BTreeSet<DocRef>>,
    /// What stands behind `#`.
    pub hash: Rc<str>,
    /// The revision that was given last.
    pub revision: Revision,
    /// The file id to give next.
    pub next_file: u32,
    /// The notice id to give next.
    pub next_notice: u32,
}

/// A run of changes that a person takes for one.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Group {
    /// Typing at one place of the text.
    Typing {
        /// The file.
        file: FileId,
        /// Where the next character would continue it.
        at: usize,
        /// Whether a blank was typed last: a letter begins another word.
        blank: bool,
    },
    /// One field of the form.
    Field(DocRef, Path),
}

/// Whether what was typed is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StorageState {
    /// What is kept is being read; the workspace is not there yet.
    #[default]
    Loading,
    /// Everything is kept.
    Kept,
    /// A write is under way.
    Writing,
    /// The last write failed; it is tried again at the next pause.
    Failed,
    /// Nothing can be kept here.
    Unavailable,
}

/// Documentation texts as far as they have been fetched.
#[derive(Clone, Debug, Default)]
pub struct DocsState {
    /// The texts.
    pub texts: Docs,
    /// Groups that are being fetched.
    pub waiting: BTreeSet<String>,
    /// Groups that are not to be had.
    pub failed: BTreeSet<String>,
}

/// The field in focus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// Its document.
    pub doc: DocRef,
    /// The field, or the innermost one at the cursor.
    pub path: Path,
    /// Where the person is.
    pub by: FocusBy,
}

/// Where the person put the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FocusBy {
    /// In the form.
    Form,
    /// In the text.
    Text,
    /// By a finding, a search, an undo.
    Jump,
}

/// What fills the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pane {
    /// Templates and ways to begin.
    #[default]
    Gallery,
    /// Documents, form, text.
    Workspace,
}

/// The panel below form and text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Panel {
    /// All findings.
    #[default]
    Problems,
    /// Documentation of the field in focus.
    Explain,
    /// The selected document as the server would store it.
    Effective,
    /// Sending to the cluster and its answers.
    Cluster,
    /// What is there now, beside the text.
    Live,
}

/// Light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// A dialog in front of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// Choose what to add.
    AddResource,
    /// Paste a text.
    Paste,
    /// Rename a file.
    RenameFile(FileId),
    /// Confirm deleting something from the cluster.
    ConfirmDelete(Vec<DocRef>),
    /// Manage workspaces.
    Workspaces,
    /// Confirm deleting a workspace for good.
    ConfirmDeleteWorkspace(String),
    /// Search or run.
    Palette,
    /// Keyboard help.
    Keyboard,
    /// A text that the browser would not copy, to be copied by hand.
    CopyByHand(String),
}

/// Something to say to the person.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Unique within the session, to be dismissed by.
    pub id: u32,
    /// How bad it is.
    pub severity: Severity,
    /// What.
    pub message: Message,
    /// What can be done about it, each a button.
    pub ways: Vec<(Id, Action)>,
    /// Whether it goes by itself after some seconds (something was done, nothing is to be done).
    pub passing: bool,
}

impl PartialEq for Notice {
    fn eq(&self, other: &Notice) -> bool {
        self.id == other.id
    }
}
