//! What is kept: a journal of small records behind a snapshot, by workspace.
//!
//! Replaying the records over the snapshot gives the workspace, its version and its history again.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::change::{Text, WorkChange};
use super::history::{Entry, History, Place};
use super::workspace::{FileId, Workspace};
use crate::k8s::Version;

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

/// Writes as they are left to the next page when this one goes before they are done. What a later snapshot
/// replaces is left as a record that says nothing: it may hold what must not be kept any more.
pub fn to_leave(writes: &[Write]) -> Vec<Write> {
    let replaced = |i: usize, write: &Write| {
        let mut later = writes[i + 1..].iter();
        later.any(|w| w.workspace == write.workspace && matches!(w.kind, WriteKind::Snapshot(_)))
    };
    let nothing = || WriteKind::Append(Record::Pause(None).encode());
    let leave = |(i, write): (usize, &Write)| {
        let kind = if replaced(i, write) { nothing() } else { write.kind.clone() };
        Write { kind, ..write.clone() }
    };
    writes.iter().enumerate().map(leave).collect()
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
    /// It is shown here too: the answer to [`News::Here`].
    HereToo,
    /// A write of that number is kept.
    Wrote(u64),
    /// It has that name now.
    Renamed(String),
    /// It was deleted.
    Deleted,
}

/// One record of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Record {
    /// Something was done.
    Do {
        /// What.
        changes: Vec<WorkChange>,
        /// Whether it is part of the step before.
        merge: bool,
        /// What was selected before.
        before: Option<Place>,
        /// What was selected after.
        after: Option<Place>,
    },
    /// What comes next is a step of its own; this is selected.
    Pause(Option<Place>),
    /// A step back.
    Undo,
    /// A step forward.
    Redo,
    /// Another version was chosen.
    Version(Version),
}

/// The format of snapshots and records; another one is not read.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Snapshot<E> {
    format: u32,
    version: Version,
    next_file: u32,
    place: Option<Place>,
    files: Vec<KeptFile>,
    undo: Vec<E>,
    redo: Vec<E>,
    /// More may become part of the last step.
    #[serde(default)]
    open: bool,
}

#[derive(Serialize, Deserialize)]
struct KeptFile {
    id: FileId,
    name: Text,
    text: Text,
}

/// Everything of a workspace that is kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// The files.
    pub workspace: Workspace,
    /// The history.
    pub history: History,
    /// The chosen version.
    pub version: Version,
    /// The next file's id.
    pub next_file: u32,
    /// What is selected.
    pub place: Option<Place>,
}

impl Record {
    /// As it is kept.
    pub(super) fn encode(&self) -> Rc<str> {
        serde_json::to_string(self).unwrap_or_default().into()
    }
}

impl Kept {
    /// As it is kept: `text` gives each file's text, without what must not be kept.
    pub(super) fn encode(&self, text: impl Fn(&super::workspace::File) -> Text) -> Rc<str> {
        let (undo, redo) = self.history.to_keep();
        let files = self.workspace.files.iter();
        let files = files.map(|f| KeptFile { id: f.id, name: Text(f.name.clone()), text: text(f) }).collect();
        let (version, next_file, place) = (self.version, self.next_file, self.place.clone());
        let snapshot =
            Snapshot { format: FORMAT, version, next_file, place, files, undo, redo, open: self.history.is_open() };
        serde_json::to_string(&snapshot).unwrap_or_default().into()
    }

    /// What was kept, and whether all of it could be read.
    pub(super) fn decode(stored: &Stored) -> (Kept, bool) {
        let mut kept = Kept::default();
        if let Some(snapshot) = &stored.snapshot {
            match serde_json::from_str::<Snapshot<Entry>>(snapshot).ok().filter(|s| s.format == FORMAT) {
                Some(snapshot) => kept.take(snapshot),
                None => return (kept, false),
            }
        }
        for record in &stored.records {
            let fits = serde_json::from_str(record).ok().and_then(|record| kept.replay(record));
            if fits.is_none() {
                kept.history.close();
                return (kept, false);
            }
        }
        kept.history.close();
        (kept, true)
    }

    fn take(&mut self, snapshot: Snapshot<Entry>) {
        for (at, file) in snapshot.files.into_iter().enumerate() {
            let add = WorkChange::Add { at, file: file.id, name: file.name, text: file.text };
            add.apply(&mut self.workspace);
        }
        self.history = History::kept(snapshot.undo, snapshot.redo, snapshot.open);
        self.version = snapshot.version;
        self.next_file = snapshot.next_file;
        self.place = snapshot.place;
    }

    fn replay(&mut self, record: Record) -> Option<()> {
        match record {
            Record::Do { changes, merge, before, after } => {
                for change in &changes {
                    self.next_file = self.next_file.max(change.file().0 + 1);
                }
                let text = merged_text(&self.workspace, &changes);
                let mut back = perform(&mut self.workspace, &changes)?;
                back.reverse();
                self.place = after.clone();
                let step = Entry { changes: back, before, after, secret: false, maybe: Vec::new() };
                self.history.record(step, merge, text.as_deref());
            }
            Record::Pause(place) => {
                self.history.close();
                self.place = place;
            }
            Record::Undo | Record::Redo => {
                let forward = record == Record::Redo;
                let entry = self.history.take(forward)?;
                let mut back = perform(&mut self.workspace, &entry.changes)?;
                back.reverse();
                self.place = if forward { entry.after.clone() } else { entry.before.clone() };
                self.history.put(forward, Entry { changes: back, ..(*entry).clone() });
            }
            Record::Version(version) => self.version = version,
        }
        Some(())
    }
}

/// The text that a single edit changes, before it does: the history joins edits that touch.
pub(super) fn merged_text(workspace: &Workspace, changes: &[WorkChange]) -> Option<std::sync::Arc<str>> {
    match changes {
        [WorkChange::Edit { file, .. }] => Some(workspace.file(*file)?.stream.text().clone()),
        _ => None,
    }
}

/// Makes changes one after the other and answers the ways back in the same order; all of them, or
/// none when one does not fit.
pub(super) fn perform(workspace: &mut Workspace, changes: &[WorkChange]) -> Option<Vec<WorkChange>> {
    let mut back = Vec::with_capacity(changes.len());
    for change in changes {
        match change.apply(workspace) {
            Some(way) => back.push(way),
            None => {
                for way in back.iter().rev() {
                    way.apply(workspace);
                }
                return None;
            }
        }
    }
    Some(back)
}
