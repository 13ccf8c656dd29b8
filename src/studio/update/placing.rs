//! Where the server's answers belong in a document's text.

use serde_json::Value;

use super::Turn;
use crate::check::{Finding, Reason, Severity, Source};
use crate::cluster::{ServerError, ServerPath};
use crate::i18n::Message;
use crate::k8s::{FieldPath, Segment};
use crate::studio::workspace::DocRef;
use crate::text::Span;
use crate::yaml::{Document, Kind, Path, Step};

/// A place the server speaks of, and what it was told.
pub(super) struct Place<'a> {
    pub path: &'a ServerPath,
    pub body: &'a str,
    pub sentence: &'a str,
}

impl Turn {
    /// What the server says against a document, at its places.
    pub(super) fn placed(&self, doc: DocRef, body: &str, error: &ServerError) -> Vec<Finding> {
        let points = error.points();
        let found = points.iter().filter_map(|point| {
            let place = Place { path: point.path, body, sentence: point.sentence };
            self.place_finding(doc, place, Severity::Error, point.reason, point.message())
        });
        found.collect()
    }

    pub(super) fn place_finding(
        &self,
        doc: DocRef,
        place: Place<'_>,
        severity: Severity,
        word: &str,
        message: Message,
    ) -> Option<Finding> {
        let document = &self.state.index.document(doc)?.document;
        let sent: Value = serde_json::from_str(place.body).ok()?;
        let resolved = place.path.resolve(&sent);
        let path = path_of(&resolved.path);
        let span = span_of(document, &path);
        let server = (!place.sentence.is_empty()).then(|| place.sentence.to_owned());
        let (source, reason) = (Source::Server, reason_of(word));
        Some(Finding {
            span,
            field: resolved.path,
            path,
            source,
            severity,
            reason,
            message,
            server,
            link: None,
            fixes: Vec::new(),
        })
    }
}

fn path_of(field: &FieldPath) -> Path {
    let step = |segment: &Segment| match segment {
        Segment::Field(name) | Segment::Key(name) => Step::Key(name.clone()),
        Segment::Index(index) => Step::Index(*index),
    };
    field.0.iter().map(step).collect()
}

/// The nearest place that is written: the value, the key of a map or list, or what should hold it.
fn span_of(document: &Document, path: &[Step]) -> Span {
    for depth in (1..=path.len()).rev() {
        let Some(node) = document.at(&path[..depth]) else { continue };
        if node.kind() == Kind::Scalar && !node.span().is_empty() {
            return node.span();
        }
        if let Step::Key(key) = &path[depth - 1]
            && let Some(entry) = document.at(&path[..depth - 1]).and_then(|parent| parent.entry(key))
        {
            return entry.key_span;
        }
        let span = node.span();
        let written = document.text().get(span.range()).unwrap_or("");
        return Span::new(
            span.start as usize,
            span.start as usize + written.find(['\n', '\r']).unwrap_or(written.len()),
        );
    }
    match document.root().and_then(|root| root.entries().next().map(|e| e.key_span)) {
        Some(first) => first,
        None => Span::empty(0),
    }
}

fn reason_of(word: &str) -> Reason {
    match word {
        "FieldValueNotFound" => Reason::FieldValueNotFound,
        "FieldValueRequired" => Reason::FieldValueRequired,
        "FieldValueDuplicate" => Reason::FieldValueDuplicate,
        "FieldValueNotSupported" => Reason::FieldValueNotSupported,
        "FieldValueForbidden" => Reason::FieldValueForbidden,
        "FieldValueTooLong" => Reason::FieldValueTooLong,
        "FieldValueTooMany" => Reason::FieldValueTooMany,
        "FieldValueTooFew" => Reason::FieldValueTooFew,
        "FieldValueTypeInvalid" => Reason::FieldValueTypeInvalid,
        "FieldManagerConflict" => Reason::FieldManagerConflict,
        "UnknownField" => Reason::UnknownField,
        "DuplicateKey" => Reason::DuplicateKey,
        "WrongType" => Reason::WrongType,
        "InternalError" => Reason::InternalError,
        _ => Reason::FieldValueInvalid,
    }
}
