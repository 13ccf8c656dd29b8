use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::analysis::Analysis;
use super::workspace::{DocRef, FileId, Workspace};
use crate::i18n::{Locale, Message};
use crate::k8s::Version;
use crate::schema::Catalog;

/// Everything the screen is a function of. Parts are shared by `Rc`, so that a component whose part
/// did not change is skipped by pointer comparison.
#[derive(Clone)]
pub struct State {
    /// The files.
    pub workspace: Rc<Workspace>,
    /// The name under which the workspace is kept.
    pub workspace_name: Rc<str>,
    /// The names of all kept workspaces, sorted.
    pub workspaces: Rc<Vec<String>>,
    /// The Kubernetes version chosen; kept with the workspace.
    pub version: Version,
    /// The schema, once it has been fetched.
    pub catalog: Option<Rc<Catalog>>,
    /// Findings by document, as far as the analyst has answered.
    pub analysis: Rc<Analysis>,
    /// The document whose form is shown.
    pub selected: Option<DocRef>,
    /// The file whose text is shown (the selected document's, or one without documents).
    pub open_file: Option<FileId>,
    /// What fills the page: the gallery or the workspace.
    pub pane: Pane,
    /// The panel below.
    pub panel: Panel,
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
}

/// What fills the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pane {
    /// Templates and ways to begin.
    Gallery,
    /// Documents, form, text.
    Workspace,
}

/// The panel below form and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Panel {
    /// All findings.
    Problems,
    /// Documentation of the field in focus.
    Explain,
    /// Sending to the cluster and its answers.
    Cluster,
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
    /// Keyboard help.
    Keyboard,
}

/// Something to say to the person.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Unique within the session, to be dismissed by.
    pub id: u32,
    /// How bad it is.
    pub severity: crate::check::Severity,
    /// What.
    pub message: Message,
}
