//! What the workspace offers to a field: asked for when a person is in it, so that typing elsewhere costs nothing.

use serde_json::Value;
use yew::prelude::*;

use super::desk::Desk;
use crate::form::{Editor, Facts, FormEdit, companions, suggestions};
use crate::studio::{Action, DocRef};
use crate::ui::form::desk::plain;
use crate::yaml::{Path, Step};

/// A list that is longer helps nobody.
const MOST: usize = 100;

/// What can be chosen at `path`, with what it is.
pub fn offers(desk: &Desk, editor: &Editor, path: &[Step]) -> Vec<(AttrValue, Option<AttrValue>)> {
    let Some(document) = desk.now().document.borrow().clone() else { return Vec::new() };
    let (facts, _) = facts(desk);
    let found = suggestions(&facts, &document, editor, path);
    let detail = |detail: String| Some(AttrValue::from(detail)).filter(|d| !d.is_empty());
    found.into_iter().take(MOST).map(|s| (plain(&s.value).into(), detail(s.detail))).collect()
}

/// What the documents of the workspace say, and which they are.
fn facts(desk: &Desk) -> (Facts, Vec<DocRef>) {
    let now = desk.now();
    let index = now.index.borrow().clone();
    let facts = now.facts.borrow().update(index.documents().map(|d| &d.document));
    *now.facts.borrow_mut() = facts.clone();
    (facts, index.documents().map(|d| d.at).collect())
}

/// A label as it was before somebody changed it, or that there was none: what selects by it can follow.
#[derive(Clone)]
pub struct Before {
    facts: Facts,
    documents: Vec<DocRef>,
    entry: Option<(String, Value)>,
}

impl Before {
    pub fn now(desk: &Desk, entry: Option<(&str, &Value)>) -> Before {
        let (facts, documents) = facts(desk);
        Before { facts, documents, entry: entry.map(|(key, value)| (key.to_owned(), value.clone())) }
    }

    /// What happened to the entry of the table at `path`: it is `after` now, or gone.
    fn edit(&self, path: &Path, after: Option<(&str, &Value)>) -> Option<FormEdit> {
        let entry = |key: &str| path.iter().cloned().chain([Step::from(key)]).collect();
        Some(match (&self.entry, after) {
            (None, None) => return None,
            // Not before it has a value, which may be all that is typed of it so far.
            (None, Some((_, value))) if value.as_str().is_none_or(str::is_empty) => return None,
            (None, Some((key, value))) => FormEdit::Set { path: entry(key), value: value.clone() },
            (Some((old, _)), None) => FormEdit::Clear { path: entry(old) },
            (Some((old, _)), Some((key, _))) if key != old => {
                FormEdit::Rename { path: entry(old), key: key.to_owned() }
            }
            (Some((_, was)), Some((_, value))) if value == was => return None,
            (Some((old, _)), Some((_, value))) => FormEdit::Set { path: entry(old), value: value.clone() },
        })
    }

    /// Buttons that let others follow: the entry of the table at `path` is `after` now, or gone.
    pub fn follow(&self, desk: &Desk, path: &Path, after: Option<(&str, &Value)>, done: &Callback<()>) -> Html {
        let Some(edit) = self.edit(path, after) else { return Html::default() };
        let Some(at) = self.documents.iter().position(|doc| *doc == desk.doc) else { return Html::default() };
        let offered = companions(&self.facts, at, &edit);
        if offered.is_empty() {
            return Html::default();
        }
        html! {
            <div class="pane-adds">
                { for offered.into_iter().map(|companion| {
                    let label = desk.words.say(&companion.message);
                    let (desk, documents, done) = (desk.clone(), self.documents.clone(), done.clone());
                    let onclick = Callback::from(move |_: MouseEvent| {
                        for (at, edit) in &companion.edits {
                            if let Some(doc) = documents.get(*at) {
                                desk.act(Action::Form(*doc, edit.clone()));
                            }
                        }
                        done.emit(());
                    });
                    html! { <button type="button" class="pf-v6-c-button pf-m-link pf-m-inline" {onclick}>{ label }</button> }
                }) }
            </div>
        }
    }
}
