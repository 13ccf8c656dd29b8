//! Keys that work everywhere on the page.

use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

use super::focus;
use super::store::Store;
use crate::platform::{page, prefs};
use crate::studio::{Action, Dialog, commands};

/// Listens for as long as the page lives.
pub fn listen(store: &Store) {
    let store = store.clone();
    page::on_window("keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() || event.is_composing() {
            return;
        }
        // In a dialog, keys are the dialog's.
        if store.read(|state| state.dialog.is_some()) {
            return;
        }
        let alone = !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        if event.key() == "F6" && alone && focus::to_next_part(&store, event.shift_key()) {
            event.prevent_default();
            return;
        }
        if let Some(action) = meant(&store, event) {
            event.prevent_default();
            store.dispatch(action);
        }
    })
    .forever();
}

fn meant(store: &Store, event: &KeyboardEvent) -> Option<Action> {
    if event.key() == "?" && !in_text(event) {
        return Some(Action::OpenDialog(Dialog::Keyboard));
    }
    let pressed = combination(event)?;
    match pressed.as_str() {
        // Everywhere, also in a field: there is one history.
        "mod+z" => Some(Action::Undo),
        "mod+shift+z" | "mod+y" => Some(Action::Redo),
        "mod+k" => Some(Action::OpenDialog(Dialog::Palette)),
        pressed => {
            let commands = store.read(commands);
            commands.into_iter().find(|command| command.keys == Some(pressed)).map(|command| command.action)
        }
    }
}

/// `mod+shift+k`, with `mod` for Ctrl or ⌘; nothing for a key alone.
fn combination(event: &KeyboardEvent) -> Option<String> {
    // A letter alone is all the time: what the machine is, is asked for the others.
    let (control, meta, alt) = (event.ctrl_key(), event.meta_key(), event.alt_key());
    if !control && !meta && !alt {
        return None;
    }
    let modifier = if prefs::is_mac() { meta } else { control };
    if !modifier && !alt {
        return None;
    }
    let mut keys = String::new();
    if modifier {
        keys.push_str("mod+");
    }
    if alt {
        keys.push_str("alt+");
    }
    if event.shift_key() {
        keys.push_str("shift+");
    }
    keys.push_str(&event.key().to_lowercase());
    Some(keys)
}

fn in_text(event: &KeyboardEvent) -> bool {
    event.target().and_then(|t| t.dyn_into::<Element>().ok()).is_some_and(|element| {
        element.closest("input, textarea, select, [contenteditable=true]").ok().flatten().is_some()
    })
}

/// A combination as a person reads it: `Ctrl+K`, `⌘K`.
pub fn readable(keys: &str) -> String {
    let mac = prefs::is_mac();
    let mut text = String::new();
    for (at, part) in keys.split('+').enumerate() {
        if at > 0 && !mac {
            text.push('+');
        }
        match (part, mac) {
            ("mod", true) => text.push('⌘'),
            ("mod", false) => text.push_str("Ctrl"),
            ("shift", true) => text.push('⇧'),
            ("alt", true) => text.push('⌥'),
            (word, _) => {
                let mut letters = word.chars();
                text.extend(letters.next().map(|c| c.to_ascii_uppercase()));
                text.push_str(letters.as_str());
            }
        }
    }
    text
}
