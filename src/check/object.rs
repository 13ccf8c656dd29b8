//! What the schema itself says of an object's fields: the required ones, and the values of an enum.
//!
//! A server accepts these when it decodes and refuses them when it validates, so they are findings of
//! the API, not of decoding.

use super::decode::{Decoder, clip};
use super::finding::{Finding, Fix, Reason, Severity, Source};
use super::link;
use crate::i18n::{Message, id};
use crate::k8s::{FieldPath, Version};
use crate::schema::{Field, Shape, Type, TypeId};
use crate::text::{Change, Span};
use crate::yaml::{Entry, Node, Path, Step};

/// Fields that the schema requires and no server misses: `ValidateStatefulSet` takes an empty
/// `serviceName`, `ValidatePreferredSchedulingTerms` an empty `preference`. By the type's name and the field's.
const NOT_MISSED: &[(&str, &str)] = &[("StatefulSetSpec", "serviceName"), ("PreferredSchedulingTerm", "preference")];

/// Says which required fields of the object at `node` are missing.
pub(super) fn required<'a>(decoder: &mut Decoder<'a, '_>, ty: TypeId, node: Node<'a>) {
    if decoder.in_status {
        return;
    }
    let (catalog, version) = (decoder.catalog, decoder.version);
    for field in &catalog.ty(ty).fields {
        let written = node.entry(&field.name);
        if written.is_some_and(|entry| !entry.value.is_null()) {
            continue;
        }
        let span = written.map_or_else(|| owner_span(decoder, node), |entry| entry.key_span);
        let (mut path, at) = (decoder.path.clone(), decoder.field.child(&field.name));
        path.push(Step::from(field.name.as_str()));
        if is_required(catalog.ty(ty), field, version) {
            missing(decoder, span, path, at, ty, field);
        } else if let ("spec", Shape::Object(inner)) = (field.name.as_str(), &field.shape) {
            // A `spec` is a value in Go, never a pointer: left out, it is there and empty.
            for field in catalog.ty(*inner).fields.iter().filter(|f| is_required(catalog.ty(*inner), f, version)) {
                let mut path = path.clone();
                path.push(Step::from(field.name.as_str()));
                missing(decoder, span, path, at.child(&field.name), *inner, field);
            }
        }
    }
}

/// The newest schema decides for all versions: what it requires anew or no longer requires are mistakes
/// that were mended (`podSelector` of a NetworkPolicy, `status` of a pod failure policy's condition);
/// the servers' rules have been the same before.
fn is_required(ty: &Type, field: &Field, version: Version) -> bool {
    let newest = field.versions.last().unwrap_or(version);
    field.versions.has(version)
        && field.required.has(newest)
        && !NOT_MISSED.contains(&(ty.name.as_str(), field.name.as_str()))
}

fn missing(decoder: &mut Decoder<'_, '_>, span: Span, path: Path, field: FieldPath, ty: TypeId, wanted: &Field) {
    let ty = decoder.catalog.ty(ty);
    let message =
        Message::new(id::CHECK_OBJECT_REQUIRED).with("key", wanted.name.as_str()).with("type", ty.name.as_str());
    decoder.out.push(Finding {
        span,
        path,
        source: Source::Api,
        severity: Severity::Error,
        reason: Reason::FieldValueRequired,
        message,
        server: Some(format!("{field}: Required value")),
        field,
        link: link::of_type(decoder.version, ty),
        fixes: Vec::new(),
    });
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
