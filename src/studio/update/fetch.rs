//! What the page fetches of its own: the catalog, documentation texts.

use std::rc::Rc;

use super::Turn;
use crate::check::Severity;
use crate::i18n::{Message, id};
use crate::schema::{Catalog, Docs};
use crate::studio::action::{Action, FetchFailure};
use crate::studio::effect::Effect;
use crate::studio::state::Panel;
use crate::studio::workspace::DocRef;

impl Turn {
    pub(super) fn catalog_fetched(&mut self, result: Result<Rc<[u8]>, FetchFailure>) {
        let catalog = result.ok().and_then(|bytes| Catalog::decode(&bytes).ok());
        match catalog {
            Some(catalog) => {
                self.state.catalog = Some(Rc::new(catalog));
                self.want_explanation();
            }
            None => {
                let way = (id::STUDIO_TRY_AGAIN, Action::FetchCatalog);
                self.notice(Severity::Error, Message::new(id::NOTICE_NO_CATALOG), vec![way]);
            }
        }
    }

    #[inline(never)]
    pub(super) fn docs_fetched(&mut self, group: String, result: Result<Rc<[u8]>, FetchFailure>) {
        let docs = Rc::make_mut(&mut self.state.docs);
        docs.waiting.remove(&group);
        if result.ok().and_then(|bytes| docs.texts.add(&group, &bytes).ok()).is_none() {
            docs.failed.insert(group);
        }
    }

    /// The panel that explains needs the texts of what is looked at.
    pub(super) fn want_explanation(&mut self) {
        if self.state.panel == Panel::Explain
            && let Some(selected) = self.state.selected
        {
            self.want_docs(selected);
        }
    }

    /// Fetches the texts of everything in a document of that kind, those that are not there yet.
    pub(super) fn want_docs(&mut self, doc: DocRef) {
        let Some(catalog) = self.state.catalog.clone() else { return };
        let Some(gvk) = self.state.index.document(doc).and_then(|s| s.gvk.as_ref()) else { return };
        let Some(kind) = catalog.kind(&gvk.api_version(), &gvk.kind) else { return };
        let docs = &self.state.docs;
        let missing = |g: &&str| !docs.texts.has(g) && !docs.waiting.contains(*g) && !docs.failed.contains(*g);
        let groups: Vec<&str> = Docs::groups_of(&catalog, kind.ty).into_iter().filter(missing).collect();
        if groups.is_empty() {
            return;
        }
        let docs = Rc::make_mut(&mut self.state.docs);
        for group in groups {
            docs.waiting.insert(group.to_owned());
            self.effects.push(Effect::FetchDocs(group.to_owned()));
        }
    }
}
