use yew::prelude::*;

use super::cluster::Cluster;
use super::effective::EffectiveObject;
use super::explain::Explain;
use super::live::LiveObject;
use super::problems::Problems;
use crate::i18n::id;
use crate::studio::{Action, Panel};
use crate::ui::components::{Button, Look, Sign, Tab, Tabs};
use crate::ui::store::{use_part, use_store};
use crate::ui::words::use_words;

/// Problems, Explain, Effective, Cluster, what is there now.
#[component]
pub fn Below() -> Html {
    let store = use_store();
    let words = use_words();
    let panel = use_part(|state| state.panel);
    let (errors, warnings) = use_part(|state| (state.findings.errors(), state.findings.warnings()));
    let low = use_state_eq(|| false);
    let tabs = vec![
        Tab::new("problems", words.of(id::PANEL_PROBLEMS)).count(errors + warnings, errors > 0),
        Tab::new("explain", words.of(id::PANEL_EXPLAIN)),
        Tab::new("effective", words.of(id::PANEL_EFFECTIVE)),
        Tab::new("cluster", words.of(id::PANEL_CLUSTER)),
        Tab::new("live", words.of(id::PANEL_LIVE)),
    ];
    let (chosen, name) = match panel {
        Panel::Problems => ("problems", id::PANEL_PROBLEMS),
        Panel::Explain => ("explain", id::PANEL_EXPLAIN),
        Panel::Effective => ("effective", id::PANEL_EFFECTIVE),
        Panel::Cluster => ("cluster", id::PANEL_CLUSTER),
        Panel::Live => ("live", id::PANEL_LIVE),
    };
    let onchoose = {
        let low = low.clone();
        Callback::from(move |id: AttrValue| {
            low.set(false);
            store.dispatch(Action::SetPanel(match &*id {
                "explain" => Panel::Explain,
                "effective" => Panel::Effective,
                "cluster" => Panel::Cluster,
                "live" => Panel::Live,
                _ => Panel::Problems,
            }));
        })
    };
    let toggle = {
        let low = low.clone();
        Callback::from(move |_| low.set(!*low))
    };
    html! {
        <section class={classes!("studio-below", low.then_some("studio-below--low"))} aria-label={words.of(id::UI_PANELS)}>
            <div class="studio-below__tabs studio-wide">
                <Tabs prefix="panel" panel="panel" name={words.of(id::UI_PANELS)} more={words.of(id::UI_MORE)} {tabs} {chosen} {onchoose} />
                <Button look={Look::Plain} sign={if *low { Sign::Up } else { Sign::Down }}
                    name={words.of(if *low { id::UI_PANELS_OPEN } else { id::UI_PANELS_CLOSE })} onclick={toggle} />
            </div>
            <div class="studio-below__body" id="panel" role="tabpanel" aria-label={words.of(name)} tabindex="0">
                { match panel {
                    Panel::Problems => html! { <Problems /> },
                    Panel::Explain => html! { <Explain /> },
                    Panel::Effective => html! { <EffectiveObject /> },
                    Panel::Cluster => html! { <Cluster /> },
                    Panel::Live => html! { <LiveObject /> },
                } }
            </div>
        </section>
    }
}
