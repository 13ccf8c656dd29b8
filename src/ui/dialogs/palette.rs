use yew::prelude::*;

use super::listbox::{Item, SearchList};
use crate::i18n::id;
use crate::studio::{Action, Dialog, DocRef, Pane, commands};
use crate::ui::components::Modal;
use crate::ui::keys::readable;
use crate::ui::pages::{kind_of, name_of, pick_files, pick_folder};
use crate::ui::store::use_store;
use crate::ui::words::use_words;

/// Search or run: everything that can be done now, and every document.
#[component]
pub fn Palette() -> Html {
    let store = use_store();
    let words = use_words();
    let close = store.does::<()>(Action::CloseDialog);
    let does = |actions: Vec<Action>| {
        let store = store.clone();
        Callback::from(move |()| {
            // First: what is chosen may open a dialog of its own.
            store.dispatch(Action::CloseDialog);
            for action in &actions {
                store.dispatch(action.clone());
            }
        })
    };
    let mut items: Vec<Item> = store
        .read(commands)
        .into_iter()
        .filter(|command| !matches!(command.action, Action::OpenDialog(Dialog::Palette)))
        .map(|command| Item {
            label: words.say(&command.title),
            detail: AttrValue::default(),
            keys: command.keys.map_or_else(AttrValue::default, |keys| AttrValue::from(readable(keys))),
            kinds: Vec::new(),
            onchoose: does(vec![command.action]),
        })
        .collect();
    // The browser's own choosers: no action could press them.
    let pick = |label: AttrValue, press: fn()| {
        let store = store.clone();
        let onchoose = Callback::from(move |()| {
            store.dispatch(Action::CloseDialog);
            press();
        });
        Item { label, detail: AttrValue::default(), keys: AttrValue::default(), kinds: Vec::new(), onchoose }
    };
    items.push(pick(words.of(id::GALLERY_OPEN_FILES), pick_files));
    items.push(pick(words.of(id::GALLERY_OPEN_FOLDER), pick_folder));
    let documents: Vec<(DocRef, AttrValue, AttrValue, AttrValue)> = store.read(|state| {
        let mut all = Vec::new();
        for file in &state.index.files {
            let name = state.workspace.file(file.file).map(|f| AttrValue::from(f.name.to_string())).unwrap_or_default();
            let shown = file.documents.iter().filter(|d| !d.null);
            all.extend(shown.map(|d| (d.at, kind_of(&d.gvk), name_of(d, words), name.clone())));
        }
        all
    });
    items.extend(documents.into_iter().map(|(at, kind, name, file)| Item {
        label: name,
        detail: file,
        keys: AttrValue::default(),
        kinds: vec![kind],
        onchoose: does(vec![Action::SetPane(Pane::Workspace), Action::Select(at)]),
    }));
    html! {
        <Modal title={words.of(id::UI_SEARCH)} close={words.of(id::UI_CLOSE)} onclose={close} wide=true>
            <SearchList label={words.of(id::UI_SEARCH_LABEL)} none={words.of(id::UI_SEARCH_NONE)} {items} />
        </Modal>
    }
}
