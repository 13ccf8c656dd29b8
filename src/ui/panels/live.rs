use std::rc::Rc;

use yew::prelude::*;

use crate::i18n::id;
use crate::studio::Action;
use crate::studio::server::{Connection, Live, Verb};
use crate::ui::components::{Button, Sign};
use crate::ui::store::{use_part, use_store};
use crate::ui::words::use_words;

/// The live object beside the text: what is there now.
#[component]
pub fn LiveObject() -> Html {
    let store = use_store();
    let words = use_words();
    let selected = use_part(|state| state.selected);
    let connected = use_part(|state| matches!(state.server.connection, Connection::Connected { .. }));
    let (live, text) = use_part(|state| {
        let at = state.selected;
        let live = at.and_then(|at| state.server.live.get(&at)).map(|live| (**live).clone());
        let text: Option<Rc<str>> = at.and_then(|at| state.index.document(at)).map(|d| Rc::from(d.document.text()));
        (live, text)
    });
    let Some(at) = selected.filter(|_| connected) else {
        return html! { <p class="studio-hint">{ words.of(id::PANEL_LIVE_EMPTY) }</p> };
    };
    let ask = store.does(Action::Send { verb: Verb::Live, docs: vec![at] });
    let refresh =
        html! { <Button small=true sign={Sign::Refresh} label={words.of(id::PANEL_LIVE_ASK)} onclick={ask} /> };
    match live {
        None => {
            html! { <div class="studio-cluster"><p class="studio-hint">{ words.of(id::PANEL_LIVE_NONE) }</p>{ refresh }</div> }
        }
        Some(Live::Waiting) => html! { <p class="studio-hint" role="status">{ words.of(id::PANEL_WAITING) }</p> },
        Some(Live::Absent) => {
            html! { <div class="studio-cluster"><p>{ words.of(id::PANEL_OBJECT_ABSENT) }</p>{ refresh }</div> }
        }
        Some(Live::Failed(why)) => {
            html! { <div class="studio-cluster"><p class="studio-bad">{ words.say(&why) }</p>{ refresh }</div> }
        }
        Some(Live::There(there)) => html! {
            <div class="studio-live">
                <div class="studio-live__side">
                    <h3 class="studio-heading">{ words.of(id::PANEL_LIVE_HERE) }</h3>
                    <pre tabindex="0">{ text.as_deref().unwrap_or_default() }</pre>
                </div>
                <div class="studio-live__side">
                    <header class="studio-row"><h3 class="studio-heading">{ words.of(id::PANEL_LIVE_THERE) }</h3>{ refresh }</header>
                    <pre tabindex="0">{ &*there }</pre>
                </div>
            </div>
        },
    }
}
