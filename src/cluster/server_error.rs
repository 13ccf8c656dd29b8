use serde_json::Value;

use super::response::Response;
use super::sentence::{self, Fault};
use super::server_path::ServerPath;

/// Why the answer is no. The sentences are the server's own and stay as it says them.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerError {
    /// `kubectl proxy` refuses such requests; start it without that option.
    RefusedByProxy,
    /// `kubectl proxy` runs and does not reach the cluster.
    Unreachable {
        /// What it says about it.
        sentence: String,
    },
    /// No Kubernetes API answers at this address.
    NoApi,
    /// The server does not know who asks (401).
    Unauthorized {
        /// Its sentence.
        sentence: String,
    },
    /// This user may not do this (RBAC).
    Forbidden {
        /// Its sentence: who may not do what where.
        sentence: String,
    },
    /// A policy of the cluster refuses the object: a quota, Pod Security, a webhook.
    Denied {
        /// Its sentence.
        sentence: String,
    },
    /// The namespace is being deleted: wait, or take another.
    NamespaceTerminating {
        /// The namespace's name, as the server's sentence has it.
        sentence: String,
    },
    /// Fields belong to other managers: leave them out, or take them over.
    Conflict(Vec<Conflict>),
    /// The object changed in the meantime: look at it again.
    Changed {
        /// Its sentence.
        sentence: String,
    },
    /// Rules of the API refuse values (422).
    Invalid {
        /// Which, and why.
        causes: Vec<Cause>,
        /// The whole sentence.
        sentence: String,
    },
    /// The object's structure is refused: unknown and duplicate fields, wrong types. Never empty.
    Structure(Vec<Fault>),
    /// The body cannot be read as an object, and the sentence names no field.
    Undecodable {
        /// Its sentence.
        sentence: String,
    },
    /// There is no such object.
    NotFound {
        /// Its sentence.
        sentence: String,
    },
    /// The namespace does not exist: make it first.
    NoNamespace {
        /// Its name.
        name: String,
    },
    /// The cluster does not have this kind (in this version).
    NoSuchKind,
    /// It is there already.
    AlreadyExists {
        /// Its sentence.
        sentence: String,
    },
    /// Larger than the server takes.
    TooLarge {
        /// Its sentence, with the limit.
        sentence: String,
    },
    /// It took too long; what the server did is not known.
    Timeout {
        /// Its sentence.
        sentence: String,
    },
    /// Too many requests or not ready (429, 503): try again.
    Busy {
        /// Its sentence.
        sentence: String,
        /// After how many seconds, where it says so.
        retry_after: Option<u32>,
    },
    /// Anything else.
    Other {
        /// The HTTP status.
        status: u16,
        /// Its sentence.
        sentence: String,
    },
}

/// What another manager owns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Its name: `kubectl-client-side-apply`, `manifest-studio`.
    pub manager: String,
    /// The subresource it wrote through: `scale`.
    pub subresource: Option<String>,
    /// When it wrote, where the server says so (RFC 3339).
    pub time: Option<String>,
    /// The fields, in the server's order.
    pub fields: Vec<ServerPath>,
}

/// One refused value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Where; the object itself when the server names no field.
    pub path: ServerPath,
    /// The kind of fault: `FieldValueInvalid`, `FieldValueRequired`, …
    pub reason: String,
    /// The server's words about it.
    pub sentence: String,
}

/// Something the server says about one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point<'a> {
    /// Where.
    pub path: &'a ServerPath,
    /// The `details.causes[].reason`, or a word of that kind for decoding (`UnknownField`,
    /// `DuplicateKey`, `WrongType`).
    pub reason: &'a str,
    /// The server's words.
    pub sentence: &'a str,
    /// Who owns the field, for a conflict.
    pub manager: Option<&'a str>,
}

impl ServerError {
    /// Reads an answer that says no. `status` is the body, where it is a JSON object.
    pub(super) fn read(response: &Response, status: Option<&Value>) -> ServerError {
        match status {
            Some(status) if status.get("kind").and_then(Value::as_str) == Some("Status") => {
                read_status(response.status, status)
            }
            Some(_) => ServerError::NoApi,
            None => read_text(response),
        }
    }

    /// Everything it says about single fields, in the server's order.
    pub fn points(&self) -> Vec<Point<'_>> {
        match self {
            ServerError::Conflict(conflicts) => conflicts
                .iter()
                .flat_map(|c| {
                    c.fields.iter().map(|path| Point {
                        path,
                        reason: "FieldManagerConflict",
                        sentence: "",
                        manager: Some(&c.manager),
                    })
                })
                .collect(),
            ServerError::Invalid { causes, .. } => causes
                .iter()
                .map(|c| Point { path: &c.path, reason: &c.reason, sentence: &c.sentence, manager: None })
                .collect(),
            ServerError::Structure(faults) => faults
                .iter()
                .map(|f| Point { path: &f.path, reason: f.kind.reason(), sentence: &f.sentence, manager: None })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Whether the same request may succeed later without a change of the document.
    pub fn may_pass_later(&self) -> bool {
        matches!(
            self,
            ServerError::Unreachable { .. }
                | ServerError::NamespaceTerminating { .. }
                | ServerError::NoNamespace { .. }
                | ServerError::Timeout { .. }
                | ServerError::Busy { .. }
        )
    }
}

/// What is no `Status`: the proxy speaks, or something that is no API.
fn read_text(response: &Response) -> ServerError {
    let sentence = response.body.trim();
    let plain = response.content_type.starts_with("text/plain");
    match response.status {
        403 if plain => ServerError::RefusedByProxy,
        // kubectl proxy writes Go's error; a web server's 500 is a page.
        500 if plain && !sentence.is_empty() => ServerError::Unreachable { sentence: first_line(sentence) },
        // So the API server answers for a group it does not have.
        404 if plain => ServerError::NoSuchKind,
        401 => ServerError::Unauthorized { sentence: first_line(sentence) },
        429 | 503 if plain => ServerError::Busy { sentence: first_line(sentence), retry_after: None },
        413 => ServerError::TooLarge { sentence: String::new() },
        504 => ServerError::Timeout { sentence: String::new() },
        _ => ServerError::NoApi,
    }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or("").chars().take(300).collect()
}

fn read_status(code: u16, status: &Value) -> ServerError {
    let word = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or("").to_owned();
    let sentence = word(status.get("message"));
    let details = status.get("details");
    let name = || word(details.and_then(|d| d.get("name")));
    let causes = details.and_then(|d| d.get("causes")).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let has_cause = |reason: &str| causes.iter().any(|c| c.get("reason").and_then(Value::as_str) == Some(reason));
    match word(status.get("reason")).as_str() {
        "Conflict" if has_cause("FieldManagerConflict") => ServerError::Conflict(read_conflicts(causes)),
        "Conflict" => ServerError::Changed { sentence },
        "Invalid" => ServerError::Invalid { causes: read_causes(causes), sentence },
        "Unauthorized" => ServerError::Unauthorized { sentence },
        "Forbidden" if has_cause("NamespaceTerminating") => ServerError::NamespaceTerminating { sentence },
        // The authorizer's sentence has one form; admission refuses with the same reason.
        "Forbidden" if sentence.contains("User \"") && sentence.contains(" cannot ") => {
            ServerError::Forbidden { sentence }
        }
        "Forbidden" => ServerError::Denied { sentence },
        "NotFound" => match details.and_then(|d| d.get("kind")).and_then(Value::as_str) {
            Some("namespaces") => ServerError::NoNamespace { name: name() },
            Some(_) if !name().is_empty() => ServerError::NotFound { sentence },
            _ => ServerError::NoSuchKind,
        },
        "AlreadyExists" => ServerError::AlreadyExists { sentence },
        "RequestEntityTooLarge" => ServerError::TooLarge { sentence },
        "Timeout" | "ServerTimeout" => ServerError::Timeout { sentence },
        "TooManyRequests" | "ServiceUnavailable" => ServerError::Busy {
            retry_after: details
                .and_then(|d| d.get("retryAfterSeconds"))
                .and_then(Value::as_u64)
                .and_then(|s| u32::try_from(s).ok())
                .filter(|s| *s > 0),
            sentence,
        },
        _ if sentence.starts_with("admission webhook ") => ServerError::Denied { sentence },
        // Server-side apply answers what it cannot decode with a 500 without a reason.
        reason if reason == "BadRequest" || code == 500 => match sentence::faults(&sentence) {
            faults if !faults.is_empty() => ServerError::Structure(faults),
            _ if cannot_be_decoded(&sentence) => ServerError::Undecodable { sentence },
            _ => ServerError::Other { status: code, sentence },
        },
        _ => ServerError::Other { status: code, sentence },
    }
}

fn cannot_be_decoded(sentence: &str) -> bool {
    sentence.contains(" cannot be handled as a ")
        || sentence.starts_with("failed to convert new object ")
        || sentence.starts_with("failed to create typed ")
        || sentence.starts_with("error encoding patch: ")
        || sentence.starts_with("invalid object type: ")
}

fn read_causes(causes: &[Value]) -> Vec<Cause> {
    let word = |cause: &Value, key: &str| cause.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    causes
        .iter()
        .map(|c| Cause {
            path: ServerPath::new(&word(c, "field")),
            reason: word(c, "reason"),
            sentence: word(c, "message"),
        })
        .collect()
}

/// The conflicts by owner, in the order of their first appearance.
fn read_conflicts(causes: &[Value]) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for cause in read_causes(causes) {
        // `conflict with "kubectl" with subresource "scale" using apps/v1 at 2026-11-21T03:00:42Z`
        let words = cause.sentence.strip_prefix("conflict with ").unwrap_or(&cause.sentence);
        let (manager, rest) = match sentence::quoted(words) {
            Some((manager, used)) => (manager, &words[used..]),
            None => (words.to_owned(), ""),
        };
        let subresource =
            rest.strip_prefix(" with subresource ").and_then(sentence::quoted).map(|(subresource, _)| subresource);
        let time = rest.rsplit_once(" at ").map(|(_, time)| time.to_owned());
        match found.iter_mut().find(|c| c.manager == manager && c.subresource == subresource && c.time == time) {
            Some(conflict) => conflict.fields.push(cause.path),
            None => found.push(Conflict { manager, subresource, time, fields: vec![cause.path] }),
        }
    }
    found
}
