use std::rc::Rc;

use super::analysis::{BatchId, FromAnalyst};
use super::effect::Ticket;
use super::persist::{StorageFailure, Stored, TabMessage};
use super::server::Verb;
use super::state::{Dialog, Pane, Panel, Theme};
use super::workspace::{DocRef, FileId};
use crate::cluster::{Response, TransportError};
use crate::form::FormEdit;
use crate::i18n::Locale;
use crate::k8s::Version;
use crate::text::{Change, Position};
use crate::yaml::Path;

/// Everything that can happen.
#[derive(Clone, Debug)]
pub enum Action {
    /// The page begins. The first action; asks for everything that is needed.
    Start(Start),

    // The text.
    /// The person did something in the form.
    Form(DocRef, FormEdit),
    /// The person changed a file's text in the editor, which shows it already.
    Typed {
        /// The file.
        file: FileId,
        /// Ascending, in places of the text before all of them.
        changes: Vec<PlacedChange>,
        /// What the person did, for grouping in the history.
        kind: EditKind,
    },
    /// A file's text is changed from elsewhere than the editor; one step of the history.
    Text(FileId, Vec<Change>),
    /// Mend a finding: its index in the document's findings, and the fix's in it.
    ApplyFix {
        /// The document.
        doc: DocRef,
        /// Index into the document's findings.
        finding: usize,
        /// Index into the finding's fixes.
        fix: usize,
    },
    /// The person paused or left the field: what comes next is another step of the history, and it
    /// is time for what may wait. Send it when nothing was done for a second, and on blur.
    Pause,
    /// Back one step.
    Undo,
    /// Forward one step.
    Redo,

    // Looking.
    /// Show this document.
    Select(DocRef),
    /// Show this file's text.
    SelectFile(FileId),
    /// A field of the form has the focus.
    Focus(DocRef, Path),
    /// The cursor in the editor went there by the person's doing.
    Cursor {
        /// The file.
        file: FileId,
        /// The place of the cursor.
        at: Position,
    },
    /// Show a finding: its document, its field, its line.
    ShowFinding {
        /// The document.
        doc: DocRef,
        /// Index into the document's findings.
        finding: usize,
    },
    /// Show the documentation of this field.
    Explain(DocRef, Path),
    /// The documentation texts of a document's kind are needed ("Add field" searches them).
    WantDocs(DocRef),
    /// Gallery or workspace.
    SetPane(Pane),
    /// The panel below.
    SetPanel(Panel),
    /// Bring a dialog to the front.
    OpenDialog(Dialog),
    /// Close the dialog.
    CloseDialog,
    /// Fold or unfold a file in the list of documents.
    ToggleFile(FileId),
    /// A notice has been read.
    Dismiss(u32),
    /// The address behind `#` changed.
    Route(String),

    // The workspace.
    /// Add a template of the gallery.
    UseTemplate {
        /// Its id.
        id: String,
        /// Where to.
        to: Destination,
    },
    /// Add an empty document of a kind.
    StartEmpty {
        /// `apps/v1`.
        api_version: String,
        /// `Deployment`.
        kind: String,
        /// Where to.
        to: Destination,
    },
    /// Files were dropped or picked.
    Opened(Vec<OpenedFile>),
    /// A text was pasted to be opened.
    Paste(String),
    /// Move a document to another place, in its file or another.
    MoveDocument {
        /// Which.
        doc: DocRef,
        /// The file it goes to; `None` for a new file.
        to: Option<FileId>,
        /// Its index there afterwards.
        index: usize,
    },
    /// A copy behind the document.
    DuplicateDocument(DocRef),
    /// Take a document out of its file.
    RemoveDocument(DocRef),
    /// An empty file of that name (changed when there is one already).
    AddFile(String),
    /// Another name for a file.
    RenameFile(FileId, String),
    /// Another place for a file.
    MoveFile(FileId, usize),
    /// A copy behind the file.
    DuplicateFile(FileId),
    /// Take a file out of the workspace.
    RemoveFile(FileId),

    // Several workspaces.
    /// A new, empty workspace, which is then shown.
    CreateWorkspace(String),
    /// Another name for the workspace that is shown.
    RenameWorkspace(String),
    /// Show another workspace.
    SwitchWorkspace(String),
    /// Delete a workspace for good.
    DeleteWorkspace(String),

    // Out.
    /// A document's text onto the clipboard.
    CopyDocument(DocRef),
    /// A file's text onto the clipboard.
    CopyFile(FileId),
    /// All files' text onto the clipboard, as one stream.
    CopyAll,
    /// Any text onto the clipboard (a command to run).
    CopyText(String),
    /// A file to the person's disk.
    DownloadFile(FileId),
    /// All files as a zip.
    DownloadAll,

    // Settings.
    /// Check against this version.
    SetVersion(Version),
    /// Speak this language.
    SetLocale(Locale),
    /// Light, dark or the system's.
    SetTheme(Theme),

    // The cluster.
    /// Look for a cluster at the page's own origin.
    Connect,
    /// Send documents. Deleting asks first.
    Send {
        /// What to do.
        verb: Verb,
        /// With which; in this order.
        docs: Vec<DocRef>,
    },
    /// The person confirmed deleting these from the cluster.
    DeleteConfirmed(Vec<DocRef>),
    /// Apply a document once more, taking over the fields that others own.
    TakeOver(DocRef),
    /// Ask for the state of every object of the workspace.
    RefreshObjects,
    /// Take back what the server said about a document.
    ForgetAnswer(DocRef),

    // Answers from outside.
    /// The text is on the clipboard.
    Copied,
    /// The browser refused the clipboard.
    ClipboardBlocked {
        /// The text that was to be copied.
        text: String,
    },
    /// The names of all kept workspaces.
    WorkspacesListed(Vec<String>),
    /// What was kept under a name.
    Loaded {
        /// The name.
        name: String,
        /// `None` when nothing is kept under it.
        stored: Result<Option<Stored>, StorageFailure>,
    },
    /// A write is kept.
    Kept {
        /// The workspace it was for.
        workspace: String,
        /// Its number.
        seq: u64,
    },
    /// A write, or the storage as a whole, failed.
    StorageFailed {
        /// The workspace and number of the write, if it was one.
        write: Option<(String, u64)>,
        /// Why.
        failure: StorageFailure,
    },
    /// Another tab of this browser said something.
    OtherTab(TabMessage),
    /// Ask for the catalog once more.
    FetchCatalog,
    /// The catalog's file.
    CatalogFetched(Result<Rc<[u8]>, FetchFailure>),
    /// Documentation texts of an API group: a JSON object.
    DocsFetched {
        /// The group as [`super::Effect::FetchDocs`] named it.
        group: String,
        /// The file.
        result: Result<Rc<[u8]>, FetchFailure>,
    },
    /// The analyst answered.
    Analyst(FromAnalyst),
    /// The analyst did not answer a batch in its time.
    AnalystTimeout(BatchId),
    /// The analyst could not be started, or broke.
    AnalystFailed(String),
    /// The editor could not be loaded.
    EditorFailed(String),
    /// The cluster answered a request.
    Answered {
        /// Which request.
        ticket: Ticket,
        /// What.
        answer: Result<Response, TransportError>,
    },
}

/// What the platform knows when the page begins.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// The browser's or the kept language.
    pub locale: Locale,
    /// The kept theme.
    pub theme: Theme,
    /// What follows `#` in the address.
    pub hash: String,
    /// The name of the workspace shown last, if it is known.
    pub last_workspace: Option<String>,
    /// A number that no other tab has.
    pub tab: u64,
    /// Milliseconds since 1970, for names and ids that must not repeat.
    pub now: u64,
}

/// A change in places as an editor counts them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedChange {
    /// First place replaced.
    pub from: Position,
    /// Where what is replaced ends.
    pub to: Position,
    /// What stands there afterwards; line breaks are `\n` or the file's own.
    pub insert: String,
}

/// What a person did in the editor, for grouping in the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Typed, or composed with an input method.
    Type,
    /// Deleted backwards or forwards.
    Delete,
    /// Anything that is a step of its own: pasted, dropped, completed, indented.
    Other,
}

impl EditKind {
    /// From the editor's word for it (`js/editor/kind.js`).
    pub fn parse(word: &str) -> EditKind {
        match word {
            "type" | "compose" => EditKind::Type,
            "delete" => EditKind::Delete,
            _ => EditKind::Other,
        }
    }
}

/// Where a new document goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Destination {
    /// A file of its own.
    #[default]
    NewFile,
    /// The end of this file.
    File(FileId),
}

/// A file that was dropped or picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedFile {
    /// Its path as the browser tells it: `shop.yaml`, `shop/web.yaml`.
    pub name: String,
    /// Its bytes, or why they were not read.
    pub bytes: Result<Rc<[u8]>, OpenFailure>,
}

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenFailure {
    /// Above the limit, so nobody tried.
    TooLarge {
        /// Its size in bytes.
        size: u64,
    },
    /// The browser's own words.
    Unreadable(String),
}

/// Why something of the page's own could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FetchFailure {
    /// No answer.
    Offline,
    /// An answer, but not this.
    Status(u16),
}
