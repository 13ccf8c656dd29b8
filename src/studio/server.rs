//! What is known of the cluster: the connection, what was sent and answered, what is there now.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::workspace::DocRef;
use crate::i18n::Message;
use crate::k8s::Version;

/// The cluster as the screen shows it.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// Whether there is one.
    pub connection: Connection,
    /// What was sent last for a document, and the answer.
    pub exchanges: BTreeMap<DocRef, Rc<Exchange>>,
    /// The live objects that were asked for.
    pub live: BTreeMap<DocRef, Rc<Live>>,
    /// The workspace's objects and their state, when they were asked for.
    pub objects: Rc<Vec<ObjectRow>>,
    /// Whether the list of objects is being asked for.
    pub refreshing: bool,
}

/// Whether there is a cluster at the page's own origin.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Connection {
    /// Nobody has looked yet.
    #[default]
    Unknown,
    /// Being looked for.
    Probing,
    /// None here.
    Absent,
    /// There is one.
    Connected {
        /// As it says: `v1.37.1`.
        version: String,
        /// The supported version that it is, if it is one.
        supported: Option<Version>,
        /// Who it takes us for; `None` when it does not say.
        user: Option<String>,
    },
    /// Something answers, but not as a cluster does, or it refuses.
    Refused(Message),
}

/// What to do with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Ask what applying would do.
    DryRun,
    /// Server-side apply.
    Apply,
    /// Delete the object.
    Delete,
    /// What is there now.
    Live,
}

/// One sending and its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// What was asked.
    pub verb: Verb,
    /// How it went.
    pub outcome: Outcome,
}

/// How a sending went.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Waits for its turn or for an answer.
    Waiting,
    /// Done; what was done in words.
    Done {
        /// What.
        message: Message,
        /// The server's warnings.
        warnings: Vec<String>,
    },
    /// Others own fields of it.
    Conflict {
        /// What, in words.
        message: Message,
        /// Who owns which fields.
        owners: Vec<Owner>,
    },
    /// Not done, and why in words. The places are findings of the document with source `server`.
    Refused {
        /// Why.
        message: Message,
        /// The server's own sentence.
        server: Option<String>,
    },
}

/// Another manager and the fields it owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// `kubectl-client-side-apply`.
    pub manager: String,
    /// `spec.replicas`, …
    pub fields: Vec<String>,
}

/// A live object.
#[derive(Clone, Debug, PartialEq)]
pub enum Live {
    /// Being asked for.
    Waiting,
    /// There is none of that name.
    Absent,
    /// Cleaned of what the server adds, as YAML.
    There(Rc<str>),
    /// Not to be had.
    Failed(Message),
}

/// An object of the workspace in the cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct ObjectRow {
    /// The document it is written in.
    pub doc: DocRef,
    /// Its state in words.
    pub state: ObjectState,
    /// Its pods.
    pub pods: Vec<PodRow>,
}

/// The state of an object.
#[derive(Clone, Debug, PartialEq)]
pub enum ObjectState {
    /// Being asked for.
    Waiting,
    /// There is none.
    Absent,
    /// There; what it says of itself.
    There(Message),
    /// Not to be had, and why.
    Failed(Message),
}

/// A pod of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodRow {
    /// Its name.
    pub name: String,
    /// `Running`, `CrashLoopBackOff`, …
    pub phase: String,
    /// Whether it is ready (or has done its work).
    pub ready: bool,
}
