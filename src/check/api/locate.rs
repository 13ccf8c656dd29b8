//! From what the rules say to findings in the text.

use std::collections::HashMap;

use super::error_list::{ErrorList, FieldError};
use super::warning::Warning;
use crate::check::finding::{Finding, Reason, Severity, Source};
use crate::k8s::FieldPath;
use crate::text::Span;
use crate::yaml::{Document, Entry, Node, Path, Step};

/// Where the object stands that the rules were given.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub document: &'a Document,
    /// The object's own node.
    pub root: Node<'a>,
    /// The way to it.
    pub base: &'a [Step],
    /// The same as a field's path.
    pub field: &'a FieldPath,
    /// The type's page of the documentation.
    pub link: Option<&'a str>,
}

impl Place<'_> {
    /// Puts the faults into the text.
    pub fn errors(&self, errors: ErrorList, out: &mut Vec<Finding>) {
        let mut finder = Finder::new(self.document);
        let most_mended = crate::check::most_mended(self.document);
        for (i, error) in errors.into_errors().into_iter().enumerate() {
            let steps = error.steps();
            let span = finder.span(self.root, &steps);
            let fixes = match i < most_mended {
                true => error.mends.iter().filter_map(|mend| mend.fix(self.document, self.base)).collect(),
                false => Vec::new(),
            };
            let FieldError { field, reason, body, message, link, .. } = error;
            let decoding = reason == Reason::WrongType;
            out.push(Finding {
                span,
                server: Some(if decoding { body } else { sentence(&field, &body) }),
                field: self.whole(field),
                path: [self.base, &steps].concat(),
                source: if decoding { Source::Decode } else { Source::Api },
                severity: Severity::Error,
                reason,
                message,
                link: link.or(self.link).map(str::to_owned),
                fixes,
            });
        }
    }

    /// Puts the warnings into the text.
    pub fn warnings(&self, source: Source, warnings: Vec<Warning>, out: &mut Vec<Finding>) {
        let mut finder = Finder::new(self.document);
        let most_mended = crate::check::most_mended(self.document);
        for (i, warning) in warnings.into_iter().enumerate() {
            let fixes = match i < most_mended {
                true => warning.mends.iter().filter_map(|mend| mend.fix(self.document, self.base)).collect(),
                false => Vec::new(),
            };
            out.push(Finding {
                span: finder.span(self.root, &warning.at),
                server: Some(warning.text),
                field: self.whole(warning.field),
                path: [self.base, &warning.at].concat(),
                source,
                severity: Severity::Warning,
                reason: Reason::Warned,
                message: warning.message,
                link: self.link.map(str::to_owned),
                fixes,
            });
        }
    }

    fn whole(&self, field: FieldPath) -> FieldPath {
        FieldPath([self.field.0.as_slice(), &field.0].concat())
    }
}

fn sentence(field: &FieldPath, body: &str) -> String {
    match field.0.is_empty() {
        true => body.to_owned(),
        false => format!("{field}: {body}"),
    }
}

/// Maps of more entries than that are searched by a table.
const FEW: usize = 16;

/// Finds what to underline, in time that does not grow with the text for every fault again.
pub struct Finder<'a> {
    document: &'a Document,
    /// Where lines end; read when first asked for.
    breaks: Option<Vec<usize>>,
    /// Entries of large maps by key, and by key in small letters; a map is known by its span.
    maps: HashMap<Span, HashMap<String, Entry<'a>>>,
}

impl<'a> Finder<'a> {
    /// Has found nothing yet.
    pub fn new(document: &'a Document) -> Finder<'a> {
        Finder { document, breaks: None, maps: HashMap::new() }
    }

    /// What to underline for a place: a value of one line itself, else the key it hangs on; where the place is
    /// not there, the nearest key above it.
    pub fn span(&mut self, root: Node<'a>, steps: &[Step]) -> Span {
        let mut node = root;
        let (mut shown, mut whole) = (root.span(), false);
        for (i, step) in steps.iter().enumerate() {
            match step {
                Step::Key(key) => {
                    let Some(entry) = self.entry(node, key) else { break };
                    let one_line = i + 1 == steps.len() && entry.value.scalar().is_some() && !entry.value.is_null();
                    (shown, whole) = if one_line { (entry.value.span(), false) } else { (entry.key_span, true) };
                    node = entry.value;
                }
                Step::Index(_) => {
                    let Some(item) = node.step(step) else { break };
                    (shown, whole) = (item.span(), false);
                    node = item;
                }
            }
        }
        if whole { shown } else { self.first_line(shown) }
    }

    /// The entry of that key, or of one that differs in capitals.
    fn entry(&mut self, node: Node<'a>, key: &str) -> Option<Entry<'a>> {
        if node.entries().len() <= FEW {
            return node.entry(key).or_else(|| node.entries().find(|e| e.key.eq_ignore_ascii_case(key)));
        }
        let map = self.maps.entry(node.span()).or_insert_with(|| {
            let mut map = HashMap::new();
            for entry in node.entries() {
                map.entry(entry.key.to_ascii_lowercase()).or_insert(entry);
            }
            map.extend(node.entries().map(|entry| (entry.key.to_owned(), entry)));
            map
        });
        map.get(key).or_else(|| map.get(&key.to_ascii_lowercase())).copied()
    }

    fn first_line(&mut self, span: Span) -> Span {
        let text = self.document.text();
        let (start, end) = (span.start as usize, span.end as usize);
        let breaks = self.breaks.get_or_insert_with(|| text.match_indices(['\n', '\r']).map(|(at, _)| at).collect());
        let next = breaks.get(breaks.partition_point(|&at| at < start));
        Span::new(start, next.map_or(end, |&at| at.min(end)))
    }
}

/// The tree's place of a field's path.
pub fn steps(field: &FieldPath) -> Path {
    use crate::k8s::Segment;
    let step = |segment: &Segment| match segment {
        Segment::Field(name) | Segment::Key(name) => Step::from(name.as_str()),
        Segment::Index(index) => Step::Index(*index),
    };
    field.0.iter().map(step).collect()
}
