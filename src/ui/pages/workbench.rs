use web_sys::DragEvent;
use yew::prelude::*;

use super::documents::Documents;
use super::editor::EditorSide;
use super::form_side::FormSide;
use crate::i18n::id;
use crate::studio::{Action, Effect, Panel};
use crate::ui::components::{Tab, Tabs};
use crate::ui::opening::dropped;
use crate::ui::panels::Below;
use crate::ui::store::{Part as Shared, use_effects_of_state, use_part, use_store};
use crate::ui::words::use_words;

/// Which part a narrow screen shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Documents,
    Form,
    Text,
    Below,
}

/// Documents, form, text, and the panels below.
#[component]
pub fn Workbench() -> Html {
    let store = use_store();
    let words = use_words();
    let (panel, problems) = use_part(|state| (state.panel, state.findings.errors() + state.findings.warnings()));
    let errors = use_part(|state| state.findings.errors() > 0);
    let name = use_part(|state| Shared::of(&state.workspace_name));
    let part = use_state_eq(|| Part::Form);
    let over = use_state_eq(|| false);

    use_effects_of_state({
        let part = part.clone();
        move |effect, _| match effect {
            Effect::RevealField { focus: true, .. } => part.set(Part::Form),
            Effect::RevealText { .. } if *part == Part::Below => part.set(Part::Text),
            _ => {}
        }
    });
    let onselect = {
        let part = part.clone();
        Callback::from(move |()| part.set(Part::Form))
    };
    let onchoose = {
        let (store, part) = (store.clone(), part.clone());
        Callback::from(move |id: AttrValue| match &*id {
            "documents" => part.set(Part::Documents),
            "form" => part.set(Part::Form),
            "text" => part.set(Part::Text),
            panel => {
                part.set(Part::Below);
                store.dispatch(Action::SetPanel(named(panel)));
            }
        })
    };
    let chosen = match *part {
        Part::Documents => "documents",
        Part::Form => "form",
        Part::Text => "text",
        Part::Below => name_of(panel),
    };
    let tabs = vec![
        Tab::new("documents", words.of(id::UI_DOCUMENTS)),
        Tab::new("form", words.of(id::UI_FORM)),
        Tab::new("text", words.of(id::UI_TEXT)),
        Tab::new("problems", words.of(id::PANEL_PROBLEMS)).count(problems, errors),
        Tab::new("explain", words.of(id::PANEL_EXPLAIN)),
        Tab::new("effective", words.of(id::PANEL_EFFECTIVE)),
        Tab::new("cluster", words.of(id::PANEL_CLUSTER)),
        Tab::new("live", words.of(id::PANEL_LIVE)),
    ];
    let ondrop = {
        let (store, over) = (store.clone(), over.clone());
        Callback::from(move |event: DragEvent| {
            over.set(false);
            dropped(&store, &event);
        })
    };
    let ondragover = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            let files = event.data_transfer().is_some_and(|data| data.types().iter().any(|t| t == "Files"));
            if files {
                event.prevent_default();
                over.set(true);
            }
        })
    };
    let ondragleave = {
        let over = over.clone();
        Callback::from(move |event: DragEvent| {
            if event.related_target().is_none() {
                over.set(false);
            }
        })
    };
    let shows = match *part {
        Part::Documents => "studio-workbench--documents",
        Part::Form => "studio-workbench--form",
        Part::Text => "studio-workbench--text",
        Part::Below => "studio-workbench--below",
    };
    html! {
        <main id="main" tabindex="-1" class={classes!("studio-workbench", shows)} data-page="workspace" {ondrop} {ondragover} {ondragleave}>
            <h1 class="studio-unseen">{ words.with(id::UI_WORKSPACE, "name", &*name) }</h1>
            <div class="studio-narrow studio-parts">
                <Tabs prefix="part" name={words.of(id::UI_PARTS)} more={words.of(id::UI_MORE)} {tabs} chosen={chosen} {onchoose} />
            </div>
            <nav class="studio-documents" aria-label={words.of(id::UI_DOCUMENTS)}>
                <Documents {onselect} />
            </nav>
            <div class="studio-main">
                <FormSide />
                <EditorSide />
                <Below />
            </div>
            if *over {
                <div class="studio-drop" aria-hidden="true">{ words.of(id::UI_DROP_HERE) }</div>
            }
        </main>
    }
}

fn named(id: &str) -> Panel {
    match id {
        "explain" => Panel::Explain,
        "effective" => Panel::Effective,
        "cluster" => Panel::Cluster,
        "live" => Panel::Live,
        _ => Panel::Problems,
    }
}

fn name_of(panel: Panel) -> &'static str {
    match panel {
        Panel::Problems => "problems",
        Panel::Explain => "explain",
        Panel::Effective => "effective",
        Panel::Cluster => "cluster",
        Panel::Live => "live",
    }
}
