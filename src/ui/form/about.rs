//! What a field is for, below it, when somebody asks.

use yew::prelude::*;

use super::desk::{Desk, use_desk};
use super::part::RowRef;
use crate::form::DocsKey;
use crate::i18n::{Message, id};
use crate::studio::Action;
use crate::ui::components::{Icon, Sign};
use crate::ui::panels::explain::{Text, docs_of};
use crate::ui::store::use_part;
use crate::yaml::Path;

/// The part of a row with its documentation.
const ABOUT: &str = "about";

/// The button that shows it, for rows that have one; `open` is whether it is shown.
pub fn button(desk: &Desk, row: &RowRef, name: &AttrValue, open: &UseStateHandle<bool>) -> Html {
    if row.docs.is_none() {
        return Html::default();
    }
    let name = desk.words.say(&Message::new(id::PANE_EXPLAIN).with("name", name.to_string()));
    let onclick = {
        let (desk, open) = (desk.clone(), open.clone());
        Callback::from(move |_: MouseEvent| {
            if !*open {
                desk.ask_docs();
            }
            open.set(!*open);
        })
    };
    html! {
        <button type="button" class="pf-v6-c-button pf-m-plain pane-ask" title={name.clone()} aria-label={name} {onclick}
            aria-expanded={if **open { "true" } else { "false" }} aria-controls={open.then(|| row.id(ABOUT))}>
            <span class="pf-v6-c-button__icon"><Icon sign={Sign::Help} /></span>
        </button>
    }
}

/// The documentation, while it is asked for.
pub fn text(row: &RowRef, open: bool) -> Html {
    match &row.docs {
        Some(docs) if open => html! { <About id={row.id(ABOUT)} path={row.path.clone()} docs={docs.clone()} /> },
        _ => Html::default(),
    }
}

#[derive(Properties, PartialEq)]
struct AboutProps {
    id: AttrValue,
    path: Path,
    docs: DocsKey,
}

#[component]
fn About(props: &AboutProps) -> Html {
    let desk = use_desk();
    let words = desk.words;
    let text = {
        let docs = props.docs.clone();
        use_part(move |state| docs_of(state, &docs.type_name, &docs.field))
    };
    let more = {
        let (desk, path) = (desk.clone(), props.path.clone());
        Callback::from(move |_: MouseEvent| desk.act(Action::Explain(desk.doc, path.clone())))
    };
    let text = match text {
        Text::There(text) => text,
        Text::Waiting => words.of(id::PANEL_EXPLAIN_WAITING),
        Text::Missing => words.of(id::PANEL_EXPLAIN_MISSING),
    };
    html! {
        <div class="pane-about" id={props.id.clone()} role="status">
            <p class="pane-about__text">{ text }</p>
            <button type="button" class="pf-v6-c-button pf-m-link pf-m-inline" onclick={more}>{ words.of(id::PANE_EXPLAIN_MORE) }</button>
        </div>
    }
}
