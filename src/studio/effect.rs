use std::rc::Rc;

use super::action::PlacedChange;
use super::analysis::{BatchId, ToAnalyst};
use super::persist::{TabMessage, Write};
use super::state::Theme;
use super::workspace::FileId;
use crate::cluster::Request;
use crate::i18n::{Locale, Message};
use crate::text::Position;
use crate::yaml::Path;

/// Names a request to the cluster; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// Something to be done outside; `platform` carries it out and answers with an action.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Keep this. Writes are carried out in order, each in one transaction that first looks whether the
    /// workspace's last number is still [`Write::after`]; answers [`super::Action::Kept`] or
    /// [`super::Action::StorageFailed`].
    Store(Write),
    /// Ask for the names of all workspaces; answers [`super::Action::WorkspacesListed`].
    ListWorkspaces,
    /// Read a workspace; answers [`super::Action::Loaded`].
    LoadWorkspace(String),
    /// Move everything kept under one name to another.
    RenameWorkspace {
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
    /// Delete everything kept under that name.
    DeleteWorkspace(String),
    /// Remember which workspace to show next time.
    RememberWorkspace(String),
    /// Tell the other tabs.
    TellTabs(TabMessage),
    /// Post this to the analyst, which is started when it is not there; without an answer within five
    /// seconds send [`super::Action::AnalystTimeout`]; the time begins when the analyst has said it is ready.
    Analyze(ToAnalyst),
    /// End the analyst; the next [`Effect::Analyze`] starts another. Timers of this batch end too.
    RestartAnalyst(BatchId),
    /// Fetch the catalog's file; answers [`super::Action::CatalogFetched`].
    FetchCatalog,
    /// Send this to the cluster, once; answers [`super::Action::Answered`].
    Send {
        /// To be given back with the answer.
        ticket: Ticket,
        /// What to send.
        request: Request,
    },
    /// Fetch the documentation texts of a group, `docs/<group>.json`; answers [`super::Action::DocsFetched`].
    FetchDocs(String),
    /// Put this on the clipboard; answers [`super::Action::Copied`] or [`super::Action::ClipboardBlocked`].
    Copy(String),
    /// Save this on the person's disk.
    Download {
        /// The file's name.
        name: String,
        /// `application/yaml`, `application/zip`.
        mime: &'static str,
        /// The content.
        bytes: Rc<[u8]>,
    },
    /// Make these changes in the editor if it shows that file; the person did not type them there.
    EditorChanges {
        /// The file.
        file: FileId,
        /// Ascending, in places of the text before all of them.
        changes: Vec<PlacedChange>,
    },
    /// Show this place in the editor, and put the cursor there.
    RevealText {
        /// The file.
        file: FileId,
        /// First place.
        from: Position,
        /// Last place.
        to: Position,
    },
    /// Bring the field of the selected document's form into view; with the focus or without.
    RevealField {
        /// The field.
        path: Path,
        /// Whether it gets the keyboard.
        focus: bool,
    },
    /// Write this behind `#` in the address.
    SetHash(String),
    /// Use and keep this theme.
    SetTheme(Theme),
    /// Use and keep this language.
    SetLocale(Locale),
    /// Say this to those who hear the page.
    Announce(Message),
}
