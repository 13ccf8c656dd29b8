use yew::prelude::*;

use crate::i18n::{Id, id};
use crate::studio::{Action, commands};
use crate::ui::components::Modal;
use crate::ui::keys::readable;
use crate::ui::store::use_store;
use crate::ui::words::use_words;

/// Keys that are not in the palette, by where they work.
const KEYS: &[(Id, &[&str])] = &[
    (id::UI_KEYS_UNDO, &["mod+z"]),
    (id::UI_KEYS_REDO, &["mod+y", "mod+shift+z"]),
    (id::UI_KEYS_PARTS, &["F6", "shift+F6"]),
    (id::UI_KEYS_HELP, &["?"]),
    (id::UI_KEYS_LEAVE_EDITOR, &["Escape", "Tab"]),
    (id::UI_KEYS_EDITOR_FIND, &["mod+f"]),
    (id::UI_KEYS_COMPLETE, &["mod+space"]),
    (id::UI_KEYS_LIST_MOVE, &["alt+↑", "alt+↓"]),
    (id::UI_KEYS_LIST_FOLD, &["←", "→"]),
    (id::UI_KEYS_LIST_RENAME, &["F2"]),
    (id::UI_KEYS_LIST_REMOVE, &["Delete"]),
];

/// What the keyboard does.
#[component]
pub fn Keyboard() -> Html {
    let store = use_store();
    let words = use_words();
    let close = store.does::<()>(Action::CloseDialog);
    let commands = store.read(commands);
    let keys = |keys: &[&str]| -> Html { keys.iter().map(|k| html! { <kbd>{ readable(k) }</kbd> }).collect() };
    html! {
        <Modal title={words.of(id::UI_KEYBOARD)} close={words.of(id::UI_CLOSE)} onclose={close} wide=true>
            <dl class="studio-keys">
                { for commands.iter().filter_map(|command| {
                    let key = command.keys?;
                    Some(html! { <div><dt>{ words.say(&command.title) }</dt><dd>{ keys(&[key]) }</dd></div> })
                }) }
                { for KEYS.iter().map(|(name, k)| html! { <div><dt>{ words.of(*name) }</dt><dd>{ keys(k) }</dd></div> }) }
            </dl>
        </Modal>
    }
}
