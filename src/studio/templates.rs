//! The gallery's templates, compiled in from `static/templates` by `build/templates.rs`.

use crate::i18n::Id;

/// A commented manifest to begin with.
#[derive(Debug)]
pub struct Template {
    /// Its name in `static/templates/index.yaml`.
    pub id: &'static str,
    /// The heading it stands under.
    pub group: Id,
    /// The kinds in it, for badges: `Deployment`, `Service`.
    pub kinds: &'static [&'static str],
    /// Its name.
    pub title: Id,
    /// One sentence on when to take it.
    pub description: Id,
    /// The file it becomes: `web.yaml`.
    pub file: &'static str,
    /// Which of `TEXTS` is its text.
    text: usize,
}

impl Template {
    /// The text.
    pub fn text(&self) -> &'static str {
        TEXTS[self.text]
    }
}

include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// All templates in the gallery's order.
pub fn templates() -> &'static [Template] {
    TEMPLATES
}
