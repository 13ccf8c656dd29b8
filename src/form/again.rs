//! What an edit leaves of a form: cards whose text is what it was keep their rows.

use std::sync::Arc;

use super::model::{Body, Card, List, Row};
use crate::yaml::Step;

/// What a text must not have for its rows to be a function of it alone: aliases and tags say what stands elsewhere, and
/// where a block scalar ends decides what stands behind it.
const ELSEWHERE: [u8; 4] = *b"*!|>";

/// The rows of the same section of the same document, catalog and version, before an edit.
#[derive(Clone, Copy)]
pub(super) struct Before<'b>(pub &'b [Row]);

impl<'b> Before<'b> {
    /// The cards of the list at `path`, as they were.
    pub(super) fn cards(self, path: &[Step]) -> &'b [Card] {
        list(self.0, path).map_or(&[], |list| &list.cards)
    }
}

/// Whether `card` was made of what is written now at `path`, and nothing was found in it.
pub(super) fn is_same(card: &Card, path: &[Step], text: &str) -> bool {
    card.found == 0 && card.text.as_deref() == Some(text) && card.path == path
}

/// A card's text, where its rows are a function of it alone.
pub(super) fn alone(text: &str) -> Option<Arc<str>> {
    (!text.bytes().any(|byte| ELSEWHERE.contains(&byte))).then(|| text.into())
}

fn list<'b>(rows: &'b [Row], path: &[Step]) -> Option<&'b List> {
    rows.iter().filter(|row| path.starts_with(&row.path)).find_map(|row| match &row.body {
        Body::Leaf => None,
        Body::Group(rows) | Body::Union { rows, .. } => list(rows, path),
        Body::List(found) if row.path == path => Some(found),
        Body::List(above) => list(&above.cards.iter().find(|card| path.starts_with(&card.path))?.rows, path),
    })
}
