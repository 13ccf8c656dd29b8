use std::future::Future;

use serde_json::Value;

use super::request::Request;
use super::sentence::{self, Fault};
use super::server_error::ServerError;
use super::server_path::ServerPath;
use crate::i18n::{Message, id};

/// What came back, as data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header; empty when there is none.
    pub content_type: String,
    /// The texts of the `Warning` headers; see [`split_warnings`].
    pub warnings: Vec<String>,
    /// The body.
    pub body: String,
}

/// Why no answer came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The request did not get through: is `kubectl proxy` still running?
    Unreachable,
    /// No answer within that many seconds; what the server did is not known.
    NoAnswer(u32),
    /// The page itself gave the request up.
    Aborted,
}

impl TransportError {
    /// In words, with what to do.
    pub fn message(&self) -> Message {
        match self {
            TransportError::Unreachable => Message::new(id::CLUSTER_TRANSPORT_UNREACHABLE),
            TransportError::NoAnswer(seconds) => {
                Message::new(id::CLUSTER_TRANSPORT_NO_ANSWER).with("n", *seconds as usize)
            }
            TransportError::Aborted => Message::new(id::CLUSTER_TRANSPORT_ABORTED),
        }
    }
}

/// Sends requests. `platform` has the one that fetches; tests have tables.
pub trait Transport {
    /// Sends `request` once and waits for its answer.
    fn send(&self, request: &Request) -> impl Future<Output = Result<Response, TransportError>>;
}

/// An answer that says yes.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The HTTP status: 201 says created.
    pub status: u16,
    /// The object (or list, or `Status`) in the body.
    pub object: Value,
    /// What the server warns of.
    pub warnings: Vec<Warning>,
}

/// A warning of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its words.
    pub sentence: String,
    /// The field it speaks of, where it names one.
    pub path: Option<ServerPath>,
}

impl Response {
    /// Whether the body says it is JSON. Everything else comes from the proxy or from no API at all.
    pub(super) fn is_json(&self) -> bool {
        let kind = self.content_type.split(';').next().unwrap_or("").trim();
        kind.eq_ignore_ascii_case("application/json")
    }

    /// The warnings, with their fields.
    pub fn warned(&self) -> Vec<Warning> {
        self.warnings.iter().map(|text| Warning::new(text)).collect()
    }

    /// The object, or what the server says against it.
    pub fn decode(&self) -> Result<Answer, ServerError> {
        let object: Option<Value> =
            if self.is_json() { serde_json::from_str(&self.body).ok().filter(Value::is_object) } else { None };
        match object {
            Some(object) if (200..300).contains(&self.status) => {
                Ok(Answer { status: self.status, object, warnings: self.warned() })
            }
            object => Err(ServerError::read(self, object.as_ref())),
        }
    }
}

impl Warning {
    fn new(text: &str) -> Warning {
        let path = match sentence::strict(text).into_iter().next() {
            Some(Fault { path, .. }) => Some(path),
            None => sentence::leading_path(text),
        };
        Warning { sentence: text.to_owned(), path }
    }
}

/// The texts in a `Warning` header. A page sees several headers as one, joined by commas, which may
/// also stand inside the quoted texts: `299 - "a, b", 299 - "c"`.
pub fn split_warnings(header: &str) -> Vec<String> {
    let header = from_latin1(header);
    let mut texts = Vec::new();
    let mut text: Option<String> = None;
    let mut chars = header.chars();
    // Code, agent and date stand outside of quotes; only what is inside is kept. RFC 7234 puts a date
    // in quotes behind the text, Kubernetes does not: then a second quote follows no comma.
    let mut first = true;
    while let Some(c) = chars.next() {
        match (&mut text, c) {
            (None, '"') => text = Some(String::new()),
            (None, ',') => first = true,
            (None, _) => {}
            (Some(text), '\\') => text.extend(chars.next()),
            (Some(_), '"') => {
                let done = text.take().unwrap_or_default();
                if first && !done.is_empty() {
                    texts.push(done);
                }
                first = false;
            }
            (Some(text), c) => text.push(c),
        }
    }
    texts
}

/// Browsers read header bytes as Latin-1; Kubernetes writes UTF-8.
fn from_latin1(header: &str) -> String {
    let bytes: Option<Vec<u8>> = header.chars().map(|c| u8::try_from(u32::from(c)).ok()).collect();
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_else(|| header.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_joined_warnings() {
        let table: [(&str, &[&str]); 8] = [
            ("", &[]),
            (r#"299 - "a""#, &["a"]),
            (r#"299 - "a, b", 299 - "c""#, &["a, b", "c"]),
            (r#"299 - "unknown field \"spec.bogus\"",299 kube "x\\y""#, &["unknown field \"spec.bogus\"", "x\\y"]),
            (r#"299 - "a" "Sat, 25 Aug 2012 23:34:45 GMT", 199 - "b""#, &["a", "b"]),
            (r#"299 - "open"#, &[]),
            ("299 - \"\u{c3}\u{a4}\"", &["ä"]),
            ("299 - \"ä\"", &["ä"]),
        ];
        for (header, texts) in table {
            assert_eq!(split_warnings(header), texts, "{header}");
        }
    }
}
