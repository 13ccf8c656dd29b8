//! What is kept: a journal of small records behind a snapshot, by workspace.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

/// One write, carried out in one transaction.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// The workspace.
    pub workspace: Rc<str>,
    /// The number of the last write that this one builds on, 0 for none. When the storage has another,
    /// nothing is written and the failure is [`StorageFailure::Conflict`].
    pub after: u64,
    /// This write's number.
    pub seq: u64,
    /// What to do.
    pub kind: WriteKind,
}

/// What a write does.
#[derive(Clone, Debug, PartialEq)]
pub enum WriteKind {
    /// Put this record behind the others.
    Append(Rc<str>),
    /// Put this in place of the snapshot and all records.
    Snapshot(Rc<str>),
}

/// What is kept under a name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stored {
    /// The snapshot, if one was written.
    pub snapshot: Option<String>,
    /// The records behind it, in order.
    pub records: Vec<String>,
    /// The number of the last write.
    pub seq: u64,
}

/// Why something could not be kept or read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageFailure {
    /// There is no IndexedDB here (private mode, a setting).
    Unavailable,
    /// The browser gives no more room.
    Quota,
    /// Another tab wrote in between; nothing was written.
    Conflict,
    /// The browser's own words.
    Other(String),
}

/// What tabs of this browser say to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TabMessage {
    /// Who speaks.
    pub tab: u64,
    /// The workspace it is about.
    pub workspace: String,
    /// What.
    pub news: News,
}

/// The news of a [`TabMessage`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// The workspace is shown here now.
    Here,
    /// A write of that number is kept.
    Wrote(u64),
    /// It has that name now.
    Renamed(String),
    /// It was deleted.
    Deleted,
}
