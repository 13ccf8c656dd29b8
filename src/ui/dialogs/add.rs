use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::listbox::{Item, SearchList};
use crate::i18n::id;
use crate::studio::{Action, Destination, FileId, templates};
use crate::ui::components::Modal;
use crate::ui::store::use_store;
use crate::ui::words::use_words;

/// The kinds that come first.
const FIRST: [&str; 6] = ["Deployment", "Service", "Pod", "Job", "ConfigMap", "Secret"];

/// Choose what to add, and where to: an empty document of any kind, or a template.
#[component]
pub fn AddResource() -> Html {
    let store = use_store();
    let words = use_words();
    let to = use_state_eq(|| store.read(|state| state.open_file.map_or(Destination::NewFile, Destination::File)));
    let files: Vec<(FileId, String)> =
        store.read(|state| state.workspace.files.iter().map(|f| (f.id, f.name.to_string())).collect());
    let close = store.does::<()>(Action::CloseDialog);
    let destination = *to;
    let does = |action: Action| {
        let store = store.clone();
        Callback::from(move |()| {
            store.dispatch(Action::CloseDialog);
            store.dispatch(action.clone());
        })
    };
    let mut kinds: Vec<(String, String)> = store.read(|state| {
        let Some(catalog) = &state.catalog else { return Vec::new() };
        let known = catalog.kinds().iter().filter(|kind| kind.served.has(state.version));
        known.map(|kind| (kind.gvk.api_version(), kind.gvk.kind.clone())).collect()
    });
    let rank = |kind: &str| FIRST.iter().position(|first| *first == kind).unwrap_or(FIRST.len());
    kinds.sort_by(|a, b| (rank(&a.1), &a.1, &a.0).cmp(&(rank(&b.1), &b.1, &b.0)));
    let empty = |(api_version, kind): (String, String)| Item {
        label: AttrValue::from(kind.clone()),
        detail: AttrValue::from(api_version.clone()),
        keys: AttrValue::default(),
        kinds: vec![AttrValue::from(kind.clone())],
        onchoose: does(Action::StartEmpty { api_version, kind, to: destination }),
    };
    let (first, rest): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|(_, kind)| rank(kind) < FIRST.len());
    let mut items: Vec<Item> = first.into_iter().map(empty).collect();
    items.extend(templates().iter().map(|template| Item {
        label: words.of(template.title),
        detail: words.of(template.description),
        keys: AttrValue::default(),
        kinds: template.kinds.iter().map(|kind| AttrValue::Static(kind)).collect(),
        onchoose: does(Action::UseTemplate { id: template.id.to_owned(), to: destination }),
    }));
    items.extend(rest.into_iter().map(empty));
    let onchange = {
        let to = to.clone();
        Callback::from(move |event: Event| {
            let chosen = event.target().and_then(|t| t.dyn_into::<HtmlSelectElement>().ok()).map(|s| s.value());
            let file = chosen.and_then(|value| value.parse().ok()).map(FileId);
            to.set(file.map_or(Destination::NewFile, Destination::File));
        })
    };
    html! {
        <Modal title={words.of(id::UI_ADD_RESOURCE)} close={words.of(id::UI_CLOSE)} onclose={close} wide=true>
            <SearchList label={words.of(id::UI_ADD_SEARCH)} none={words.of(id::UI_SEARCH_NONE)} {items} />
            if !files.is_empty() {
                <div class="studio-row">
                    <label class="studio-label" for="studio-add-to">{ words.of(id::UI_ADD_TO) }</label>
                    <span class="pf-v6-c-form-control">
                        <select id="studio-add-to" {onchange}>
                            { for files.iter().map(|(file, name)| html! {
                                <option value={file.0.to_string()} selected={destination == Destination::File(*file)}>{ name.clone() }</option>
                            }) }
                            <option value="" selected={destination == Destination::NewFile}>{ words.of(id::UI_ADD_TO_NEW_FILE) }</option>
                        </select>
                    </span>
                </div>
            }
        </Modal>
    }
}
