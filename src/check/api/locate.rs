//! From what the rules say to findings in the text.

use super::error_list::{ErrorList, FieldError};
use super::warning::Warning;
use crate::check::finding::{Finding, Reason, Severity, Source};
use crate::k8s::FieldPath;
use crate::text::Span;
use crate::yaml::{Document, Node, Path, Step};

/// So many faults of one document offer fixes: each is tried on the whole text.
const MOST_MENDED: usize = 32;

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
        for (i, error) in errors.into_errors().into_iter().enumerate() {
            let steps = error.steps();
            let span = span(self.document, self.root, &steps);
            let fixes = match i < MOST_MENDED {
                true => error.mends.iter().filter_map(|mend| mend.fix(self.document, self.base)).collect(),
                false => Vec::new(),
            };
            let FieldError { field, reason, body, message, link, .. } = error;
            out.push(Finding {
                span,
                server: Some(sentence(&field, &body)),
                field: self.whole(field),
                path: [self.base, &steps].concat(),
                source: Source::Api,
                severity: Severity::Error,
                reason,
                message,
                link: link.or(self.link).map(str::to_owned),
                fixes,
            });
        }
    }

    /// Puts the warnings into the text.
    pub fn warnings(&self, warnings: Vec<Warning>, out: &mut Vec<Finding>) {
        for (i, warning) in warnings.into_iter().enumerate() {
            let fixes = match i < MOST_MENDED {
                true => warning.mends.iter().filter_map(|mend| mend.fix(self.document, self.base)).collect(),
                false => Vec::new(),
            };
            out.push(Finding {
                span: span(self.document, self.root, &warning.at),
                server: Some(warning.text),
                field: self.whole(warning.field),
                path: [self.base, &warning.at].concat(),
                source: Source::Api,
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

/// What to underline for a place: a value of one line itself, else the key it hangs on; where the place is
/// not there, the nearest key above it.
pub fn span(document: &Document, root: Node<'_>, steps: &[Step]) -> Span {
    let mut node = root;
    let mut shown = first_line(document, root.span());
    for (i, step) in steps.iter().enumerate() {
        let last = i + 1 == steps.len();
        match step {
            Step::Key(key) => {
                let Some(entry) = node.entry(key).or_else(|| node.entries().find(|e| e.key.eq_ignore_ascii_case(key)))
                else {
                    return shown;
                };
                let value = entry.value.span();
                let one_line = last && entry.value.scalar().is_some() && !entry.value.is_null();
                shown = if one_line { first_line(document, value) } else { entry.key_span };
                node = entry.value;
            }
            Step::Index(_) => {
                let Some(item) = node.step(step) else { return shown };
                shown = first_line(document, item.span());
                node = item;
            }
        }
    }
    shown
}

fn first_line(document: &Document, span: Span) -> Span {
    let text = &document.text()[span.range()];
    Span::new(span.start as usize, span.start as usize + text.find(['\n', '\r']).unwrap_or(text.len()))
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
