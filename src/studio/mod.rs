//! State, Action, update, history: the whole app without a screen.
//!
//! Lives here: the workspace, what is selected and shown, one history, the protocol with the analyst,
//! what is kept and how it is sent. Must never: do I/O; `update` answers with effects as data, and
//! `platform` carries them out.

mod action;
pub mod analysis;
mod arrange;
mod between;
mod change;
mod command;
mod effect;
pub mod effective;
mod findings;
mod history;
mod index;
mod inherit;
pub mod persist;
mod route;
mod secrecy;
mod secrets;
pub mod server;
mod state;
mod templates;
mod update;
mod workspace;

pub use crate::check::Severity;

pub use action::{Action, Destination, EditKind, FetchFailure, OpenFailure, OpenedFile, PlacedChange, Start};
pub use command::{Command, commands};
pub use effect::{Effect, Ticket};
pub use findings::{DocFindings, Findings};
pub use index::{FileIndex, Index, Summary};
pub use route::Route;
pub use secrecy::Secrecy;
pub use state::{Dialog, DocsState, Focus, FocusBy, Notice, Pane, Panel, State, StorageState, Theme};
pub use templates::{Template, templates};
pub use update::update;
pub use workspace::{DocRef, File, FileId, Workspace};

/// Files above this are refused with their size before they are read.
pub const MAX_FILE_BYTES: u64 = 20 * 1024 * 1024;
