use super::flow::{Done, State};
use super::response::Answer;
use super::sentence::FaultKind;
use super::server_error::{Conflict, Point, ServerError};
use crate::i18n::{Message, id};

/// Longer lists are cut: the fields themselves are marked one by one.
const LISTED: usize = 5;

impl ServerError {
    /// What happened and what to do, in words; the server's own sentence inside stays as it is.
    pub fn message(&self) -> Message {
        let said = |id, sentence: &str| Message::new(id).with("sentence", sentence);
        match self {
            ServerError::RefusedByProxy => Message::new(id::CLUSTER_REFUSED_BY_PROXY),
            ServerError::Unreachable { sentence } => said(id::CLUSTER_UNREACHABLE, sentence),
            ServerError::NoApi => Message::new(id::CLUSTER_NO_API),
            ServerError::Unauthorized { sentence } => said(id::CLUSTER_UNAUTHORIZED, sentence),
            ServerError::Forbidden { sentence } => said(id::CLUSTER_FORBIDDEN, sentence),
            ServerError::Denied { sentence } => said(id::CLUSTER_DENIED, sentence),
            ServerError::NamespaceTerminating { sentence } => said(id::CLUSTER_NAMESPACE_TERMINATING, sentence),
            ServerError::Conflict(conflicts) => conflict(conflicts),
            ServerError::Changed { sentence } => said(id::CLUSTER_CHANGED, sentence),
            ServerError::Invalid { causes, sentence } => match causes.len() {
                0 => said(id::CLUSTER_INVALID_WHOLE, sentence),
                n => Message::new(id::CLUSTER_INVALID).with("n", n),
            },
            ServerError::Structure(faults) => {
                let unknown = faults.iter().all(|f| f.kind == FaultKind::Unknown);
                let id = if unknown { id::CLUSTER_UNKNOWN_FIELDS } else { id::CLUSTER_STRUCTURE };
                Message::new(id)
                    .with("n", faults.len())
                    .with("fields", listed(faults.iter().map(|f| f.path.to_string())))
            }
            ServerError::Undecodable { sentence } => said(id::CLUSTER_UNDECODABLE, sentence),
            ServerError::NotFound { sentence } => said(id::CLUSTER_NOT_FOUND, sentence),
            ServerError::NoNamespace { name } => Message::new(id::CLUSTER_NO_NAMESPACE).with("name", name.as_str()),
            ServerError::NoSuchKind => Message::new(id::CLUSTER_NO_SUCH_KIND),
            ServerError::AlreadyExists { sentence } => said(id::CLUSTER_ALREADY_EXISTS, sentence),
            ServerError::TooLarge { sentence } => said(id::CLUSTER_TOO_LARGE, sentence),
            ServerError::Timeout { sentence } => said(id::CLUSTER_TIMEOUT, sentence),
            ServerError::Busy { retry_after: Some(seconds), .. } => {
                Message::new(id::CLUSTER_BUSY_FOR).with("n", *seconds as usize)
            }
            ServerError::Busy { sentence, retry_after: None } => said(id::CLUSTER_BUSY, sentence),
            ServerError::Other { status, sentence } => {
                said(id::CLUSTER_OTHER, sentence).with("status", usize::from(*status))
            }
        }
    }
}

impl State {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            State::Waiting => Message::new(id::CLUSTER_WAITING),
            State::Sending => Message::new(id::CLUSTER_SENDING),
            State::Done(done) => Message::new(match done {
                Done::WouldCreate => id::CLUSTER_DONE_WOULD_CREATE,
                Done::WouldChange => id::CLUSTER_DONE_WOULD_CHANGE,
                Done::Created => id::CLUSTER_DONE_CREATED,
                Done::Applied => id::CLUSTER_DONE_APPLIED,
                Done::Deleted => id::CLUSTER_DONE_DELETED,
                Done::WasAbsent => id::CLUSTER_DONE_WAS_ABSENT,
            }),
            State::Conflict(error) | State::Refused(error) => error.message(),
            State::NeedsNamespace(name) => Message::new(id::CLUSTER_NEEDS_NAMESPACE).with("name", name.as_str()),
            State::Lost(error) => error.message(),
            State::Stopped => Message::new(id::CLUSTER_STOPPED),
        }
    }
}

impl Point<'_> {
    /// What is wrong at the field, in words.
    pub fn message(&self) -> Message {
        let field = self.path.to_string();
        match (self.manager, self.reason) {
            (Some(manager), _) => Message::new(id::CLUSTER_POINT_CONFLICT).with("manager", manager),
            (None, "UnknownField") => Message::new(id::CLUSTER_POINT_UNKNOWN).with("field", field),
            (None, "DuplicateKey") => Message::new(id::CLUSTER_POINT_DUPLICATE).with("field", field),
            _ => Message::new(id::CLUSTER_POINT_REFUSED).with("sentence", self.sentence),
        }
    }
}

impl Conflict {
    /// The owner as a person reads it: its name, and the subresource it wrote through.
    pub fn owner(&self) -> String {
        match &self.subresource {
            Some(subresource) => format!("{} ({subresource})", self.manager),
            None => self.manager.clone(),
        }
    }
}

impl Answer {
    /// Whether an object was made that was not there before.
    pub fn created(&self) -> bool {
        self.status == 201
    }
}

fn conflict(conflicts: &[Conflict]) -> Message {
    let fields = conflicts.iter().flat_map(|c| &c.fields);
    Message::new(id::CLUSTER_CONFLICT)
        .with("n", fields.clone().count())
        .with("owners", listed(conflicts.iter().map(Conflict::owner)))
        .with("fields", listed(fields.map(ToString::to_string)))
}

fn listed(words: impl Iterator<Item = String>) -> String {
    let mut list = String::new();
    for (i, word) in words.enumerate() {
        if i == LISTED {
            list.push_str(", …");
            break;
        }
        if i > 0 {
            list.push_str(", ");
        }
        list.push_str(&word);
    }
    list
}
