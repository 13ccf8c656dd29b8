//! What the schema itself says of an object's fields: the required ones, and the values of an enum.
//!
//! A server accepts these when it decodes and refuses them when it validates, so they are findings of
//! the API, not of decoding.

use super::decode::{Decoder, clip};
use super::finding::{Finding, Fix, Reason, Severity, Source};
use super::link;
use crate::i18n::{Message, id};
use crate::schema::{Field, TypeId};
use crate::text::{Change, Span};
use crate::yaml::{Entry, Node, Step};

/// Fields that the schema requires and no server misses: `ValidateStatefulSet` takes an empty
/// `serviceName`, a status is dropped, and so on. By the type's name and the field's.
const NOT_MISSED: &[(&str, &str)] = &[("StatefulSetSpec", "serviceName")];

/// Says which required fields of the object at `node` are missing.
pub(super) fn required(decoder: &mut Decoder<'_, '_>, ty: TypeId, node: Node<'_>) {
    if decoder.in_status {
        return;
    }
    let here = decoder.catalog.ty(ty);
    for field in &here.fields {
        if !field.required.has(decoder.version) || NOT_MISSED.contains(&(here.name.as_str(), field.name.as_str())) {
            continue;
        }
        let written = node.entry(&field.name);
        let span = match written {
            Some(entry) if entry.value.is_null() => entry.key_span,
            Some(_) => continue,
            None => owner_span(decoder, node),
        };
        let mut path = decoder.path.clone();
        path.push(Step::from(field.name.as_str()));
        let at = decoder.field.child(&field.name);
        let server = Some(format!("{at}: Required value"));
        decoder.out.push(Finding {
            span,
            field: at,
            path,
            source: Source::Api,
            severity: Severity::Error,
            reason: Reason::FieldValueRequired,
            message: Message::new(id::CHECK_OBJECT_REQUIRED)
                .with("key", field.name.as_str())
                .with("type", here.name.as_str()),
            server,
            link: link::of_type(decoder.version, here),
            fixes: Vec::new(),
        });
    }
}

/// Says when a value is not one of its enum's.
pub(super) fn value(decoder: &mut Decoder<'_, '_>, field: &Field, entry: Entry<'_>) {
    if decoder.in_status || field.enumeration.is_empty() {
        return;
    }
    let Some(value) = entry.value.as_str() else { return };
    let mut allowed: Vec<&str> =
        field.enumeration.iter().filter(|v| v.versions.has(decoder.version)).map(|v| v.value.as_str()).collect();
    // An empty text is the zero value: it is defaulted or required, never unsupported.
    if value.is_empty() || allowed.contains(&value) || allowed.is_empty() {
        return;
    }
    allowed.sort_unstable();
    let quoted: Vec<String> = allowed.iter().map(|v| format!("\"{v}\"")).collect();
    let fixes = match super::nearest::nearest(value, allowed.iter().copied()) {
        Some(meant) if entry.value.is_own() => {
            let span = entry.value.span();
            vec![Fix {
                title: Message::new(id::CHECK_FIX_WRITE_AS).with("text", meant),
                changes: vec![Change::new(span.start as usize, span.end as usize, meant)],
            }]
        }
        _ => Vec::new(),
    };
    decoder.out.push(Finding {
        span: entry.value.span(),
        field: decoder.field.clone(),
        path: decoder.path.clone(),
        source: Source::Api,
        severity: Severity::Error,
        reason: Reason::FieldValueNotSupported,
        message: Message::new(id::CHECK_OBJECT_NOT_SUPPORTED)
            .with("key", entry.key)
            .with("value", clip(value))
            .with("allowed", allowed.join(", ")),
        server: Some(format!(
            "{}: Unsupported value: \"{value}\": supported values: {}",
            decoder.field,
            quoted.join(", ")
        )),
        link: None,
        fixes,
    });
}

/// The key that the object hangs on, or the first line of the object (an item of a list, the root).
fn owner_span(decoder: &Decoder<'_, '_>, node: Node<'_>) -> Span {
    if let Some((Step::Key(key), above)) = decoder.path.split_last()
        && let Some(entry) = decoder.document.at(above).and_then(|parent| parent.entry(key))
    {
        return entry.key_span;
    }
    let start = node.span().start as usize;
    let text = &decoder.document.text()[node.span().range()];
    Span::new(start, start + text.find(['\n', '\r']).unwrap_or(text.len()))
}
