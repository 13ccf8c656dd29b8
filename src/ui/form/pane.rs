//! The form of one document: its sections as tabs, and the rows of the one that is shown.

use std::cell::OnceCell;
use std::rc::Rc;

use yew::prelude::*;

use super::add_field::{AddField, objects_of, section_id};
use super::desk::{Desk, Now};
use super::part::{Found, Partly, Source};
use super::reveal::{self, Spot};
use super::said;
use crate::form::{Body, Form, Row, form, form_shown};
use crate::i18n::id;
use crate::k8s::Version;
use crate::platform::page;
use crate::schema::Catalog;
use crate::studio::{Action, DocFindings, DocRef, Effect, FocusBy, Summary};
use crate::ui::components::{Tab, Tabs};
use crate::ui::fields;
use crate::ui::store::{Part, use_effects_of_state, use_part, use_store};
use crate::ui::words::use_words;
use crate::yaml::Step;

#[derive(Properties, PartialEq)]
pub struct FormPaneProps {
    /// The document; it can be read and its kind is known. Another document is another pane: give it a key.
    pub doc: DocRef,
}

/// What a form is made of, but for what is found in it.
#[derive(Clone, PartialEq)]
struct Of {
    summary: Option<Part<Summary>>,
    catalog: Option<Part<Catalog>>,
    version: Version,
    /// Counts the pauses in which the whole form is made.
    pause: u32,
}

/// The form that was shown last.
struct Before {
    of: Of,
    source: Source,
}

fn source_of(of: &Of, findings: Rc<DocFindings>, before: Option<&Before>, shown: usize) -> Option<Source> {
    // Other words about the same fields.
    if let Some(before) = before.filter(|b| b.of == *of && b.source.findings.is_at_the_same(&findings)) {
        return Some(Source { findings, ..before.source.clone() });
    }
    let (summary, catalog, version) = (of.summary.as_ref()?, of.catalog.as_ref()?, of.version);
    let document = &summary.document;
    // While one types only what is seen is made anew; the rest follows in the pause.
    let seen = before
        .filter(|before| before.of == Of { summary: before.of.summary.clone(), ..of.clone() })
        .and_then(|before| form_shown(catalog, version, document, &findings.all, &before.source.form, shown));
    let partly = seen.is_some().then(|| {
        let (document, catalog) = (document.clone(), catalog.0.clone());
        Rc::new(Partly { shown, document, catalog, version, whole: OnceCell::new() })
    });
    let form = seen.or_else(|| form(catalog, version, document, &findings.all))?;
    Some(Source { form: Rc::new(form), findings, partly })
}

/// Listens to the parts of the state that the form is a function of.
#[component]
pub fn FormPane(props: &FormPaneProps) -> Html {
    let doc = props.doc;
    let store = use_store();
    let words = use_words();
    let summary = use_part(move |state| state.index.document(doc).map(Part::of));
    let findings = use_part(move |state| state.findings.of(doc).map(Found::of));
    let catalog = use_part(|state| state.catalog.as_ref().map(Part::of));
    let version = use_part(|state| state.version);
    let focus = use_part(move |state| state.focus.as_ref().filter(|f| f.doc == doc).map(Part::of));
    let turn = use_state_eq(|| 0u32);
    let now = use_memo((), |()| Now::default());
    let dispatch = {
        let store = store.clone();
        use_callback((), move |action: Action, ()| store.dispatch(action))
    };
    let desk = Desk::new(doc, words, version, dispatch, now);
    let pause = use_state_eq(|| 0u32);
    let before = use_mut_ref(|| None::<Before>);
    let source = {
        let (desk, before) = (desk.clone(), before.clone());
        let of = Of { summary: summary.clone(), catalog: catalog.clone(), version, pause: *pause };
        use_memo((of, findings), move |(of, findings)| {
            let findings = findings.as_ref().map(|f| f.0.clone()).unwrap_or_default();
            let made = source_of(of, findings, before.borrow().as_ref(), desk.now().shown.get());
            let last = made.clone().map(|source| Before { of: of.clone(), source });
            if let Some(gone) = before.replace(last) {
                // Taking it apart takes as long as making it did, and nobody waits for it.
                page::when_idle(move || drop(gone));
            }
            made
        })
    };
    use_effect_with(source.as_ref().as_ref().and_then(|s| s.partly.as_ref()).map(Rc::as_ptr), {
        let next = pause.wrapping_add(1);
        move |partly| {
            let timer = partly.map(|_| page::later(PAUSE, move || pause.set(next)));
            move || {
                if let Some(timer) = timer {
                    page::never(timer);
                }
            }
        }
    });
    desk.now().set(
        summary.as_ref().map(|s| s.document.clone()),
        catalog.map(|c| c.0),
        store.read(|state| state.index.clone()),
        store.clone(),
    );
    {
        let (desk, turn) = (desk.clone(), turn.clone());
        use_effects_of_state(move |effect, state| {
            if let Effect::RevealField { path, focus } = effect
                && state.selected == Some(doc)
            {
                if *focus {
                    desk.want(path.clone());
                }
                turn.set(turn.wrapping_add(1));
            }
        });
    }
    let spot = focus.map(|focus| Spot { path: focus.path.clone(), unfold: focus.by != FocusBy::Form, turn: *turn });
    match &*source {
        Some(source) => html! { <FormView {desk} source={source.clone()} {spot} /> },
        None => html! { <p class="pane-none">{ words.of(id::PANE_NO_FORM) }</p> },
    }
}

#[derive(Properties, PartialEq)]
pub struct FormViewProps {
    pub desk: Desk,
    pub source: Source,
    /// What is to be on the screen.
    #[prop_or_default]
    pub spot: Option<Spot>,
}

/// The form on the screen.
#[component]
pub fn FormView(props: &FormViewProps) -> Html {
    let FormViewProps { desk, source, spot } = props;
    let words = desk.words;
    // Written while rendering: an effect may come after the next render, which has to know already.
    let chosen = use_mut_ref(|| None::<AttrValue>);
    let again = use_force_update();
    // What comes from outside the form may lie in another section: it is shown.
    let called = use_mut_ref(|| None::<Spot>);
    let ids = source.form.sections.iter().map(|s| s.id.as_str());
    let mut section = ids.clone().position(|id| Some(id) == chosen.borrow().as_deref()).unwrap_or(0);
    let wanted = desk.wanted();
    let comes = spot.clone().filter(|spot| spot.unfold && called.borrow().as_ref() != Some(spot));
    let searched = wanted.is_some() || comes.is_some();
    let stale = source.partly.as_ref().is_some_and(|partly| searched || partly.shown != section);
    let source = &if stale { source.whole() } else { source.clone() };
    let sections = &source.form.sections;
    if let Some(path) = wanted.as_ref().or(comes.as_ref().map(|s| &s.path))
        && let Some(other) = section_of(&source.form, path, section)
    {
        section = other;
    }
    desk.now().shown.set(section);
    *chosen.borrow_mut() = sections.get(section).map(|s| AttrValue::from(s.id.clone()));
    use_effect({
        let (desk, spot) = (desk.clone(), spot.clone());
        move || {
            desk.go();
            if let Some(spot) = comes {
                reveal::show(&spot.path);
            }
            *called.borrow_mut() = spot;
        }
    });
    let onchoose = {
        let chosen = chosen.clone();
        Callback::from(move |tab: AttrValue| {
            *chosen.borrow_mut() = Some(tab);
            again.force_update();
        })
    };
    let tabs: Vec<Tab> =
        sections.iter().map(|s| Tab::new(s.id.clone(), words.label(&s.title)).count(s.problems, true)).collect();
    let onfocusout = {
        let desk = desk.clone();
        Callback::from(move |_: FocusEvent| desk.left())
    };
    let Some(shown) = sections.get(section) else { return Html::default() };
    let pane = html! {
            <div class="pane" {onfocusout}>
                <Tabs prefix={PREFIX} panel={PANEL} name={words.of(id::PANE_SECTIONS)} more={words.of(id::PANE_MORE_SECTIONS)} {tabs} chosen={shown.id.clone()} {onchoose} />
                <div class="pane-body" role="tabpanel" id={PANEL} aria-labelledby={[PREFIX, "-", &shown.id].concat()} key={shown.id.clone()}>
                    if !source.form.unplaced.is_empty() {
                        <ul class="pane-said pane-said--all">
                            { for source.form.unplaced.iter().filter_map(|&i| Some(said::one(desk, i, source.findings.all.get(i)?))) }
                        </ul>
                    }
                    { fields::rows(source.rows(section), spot.as_ref(), 0) }
                    <AddField objects={objects_of(shown.rows.iter().map(|row| &row.path))} near={section_id(&shown.id)} />
                </div>
            </div>
    };
    yew::provide(desk.clone(), pane)
}

/// Milliseconds without a key after which the sections that are not seen are made.
const PAUSE: i32 = 250;

const PREFIX: &str = "form-tab";
const PANEL: &str = "form-panel";

/// The section whose rows reach nearest to `path`; the one that is shown, when it is as near as any.
fn section_of(form: &Form, path: &[Step], shown: usize) -> Option<usize> {
    let depth = |section: usize| form.sections.get(section).and_then(|s| reach(&s.rows, path));
    let best = (0..form.sections.len()).filter_map(|i| Some((depth(i)?, i == shown, std::cmp::Reverse(i)))).max()?;
    Some(best.2.0)
}

/// The length of the longest path of a row or card above `path`.
fn reach(rows: &[Row], path: &[Step]) -> Option<usize> {
    let inner = |row: &Row| match &row.body {
        Body::Leaf => None,
        Body::Group(rows) | Body::Union { rows, .. } => reach(rows, path),
        Body::List(list) => {
            let card = list.cards.iter().find(|card| path.starts_with(&card.path))?;
            Some(reach(&card.rows, path).unwrap_or(card.path.len()))
        }
    };
    let above = rows.iter().filter(|row| path.starts_with(&row.path));
    above.map(|row| inner(row).unwrap_or(row.path.len())).max()
}
