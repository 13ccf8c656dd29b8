use wasm_bindgen::JsCast;
use web_sys::DragEvent;
use yew::prelude::*;

use crate::i18n::{Message, id};
use crate::platform::gallery::{self, Done};
use crate::platform::rest;
use crate::studio::{Action, Destination, Dialog, Pane};
use crate::ui::components::{Button, Look};
use crate::ui::opening::{dropped, open_files};
use crate::ui::store::{Part, Store, use_part, use_store};
use crate::ui::words::use_words;

/// Makes what is done in the gallery happen.
pub fn listen_to_gallery(store: &Store) {
    let store = store.clone();
    gallery::on_done(move |done| match done {
        Done::Template(id) => store.dispatch(Action::UseTemplate { id, to: Destination::NewFile }),
        Done::Empty(api_version, kind) => {
            store.dispatch(Action::StartEmpty { api_version, kind, to: Destination::NewFile });
        }
        Done::Paste => store.dispatch(Action::OpenDialog(Dialog::Paste)),
        Done::Picked(input) => {
            let store = store.clone();
            // Reading files is the other half's.
            gallery::show_leaving(!rest::is_here());
            rest::when_here(move || open_files(&store, input));
        }
    });
}

/// The first screen: what do you want to run? It stands in index.html; here is what it learns from the state.
#[component]
pub fn Gallery() -> Html {
    let store = use_store();
    let words = use_words();
    let kept = use_part(|state| (Part::of(&state.workspace_name), state.workspace.files.len()));
    use_effect_with(store.clone(), |store: &Store| {
        let store = store.clone();
        let drop = gallery::on_event("drop", move |event| {
            if let Some(event) = event.dyn_ref::<DragEvent>() {
                dropped(&store, event);
            }
        });
        let over = gallery::on_event("dragover", |event| event.prevent_default());
        move || std::mem::drop((drop, over))
    });
    let (name, count) = kept;
    match gallery::place_to_continue() {
        Some(place) if count > 0 => {
            let label = words.say(&Message::new(id::GALLERY_CONTINUE).with("name", &*name).with("n", count));
            let back = store.does(Action::SetPane(Pane::Workspace));
            create_portal(html! { <Button look={Look::Primary} onclick={back} {label} /> }, place)
        }
        _ => Html::default(),
    }
}
