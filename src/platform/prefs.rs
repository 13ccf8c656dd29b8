//! Language and theme: what was chosen before, what the browser says, and telling the document.
//! static/boot.js reads the same two keys before the first paint.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Storage;

const THEME: &str = "manifest-studio.theme";
const WORKSPACE: &str = "manifest-studio.workspace";
const LANGUAGE: &str = "manifest-studio.language";
const UNKEPT: &str = "manifest-studio.unkept";

/// Refused in private modes and by policies: then the choice holds until the page is closed.
fn kept() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn read(key: &str) -> Option<String> {
    kept()?.get_item(key).ok().flatten()
}

fn write(key: &str, value: Option<&str>) {
    let Some(storage) = kept() else { return };
    let _ = match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    };
}

/// `light`, `dark`, or nothing for the system's.
pub fn theme() -> Option<String> {
    read(THEME)
}

/// Keeps the choice; nothing means the system's.
pub fn keep_theme(theme: Option<&str>) {
    write(THEME, theme);
}

/// The tag of the language chosen before, else the browser's first.
pub fn language() -> String {
    read(LANGUAGE)
        .or_else(|| web_sys::window().and_then(|w| w.navigator().language()))
        .unwrap_or_else(|| String::from("en"))
}

/// Keeps the choice (`en`, `zh`).
pub fn keep_language(tag: &str) {
    write(LANGUAGE, Some(tag));
}

/// The workspace shown last.
pub fn last_workspace() -> Option<String> {
    read(WORKSPACE)
}

/// Keeps which workspace is shown.
pub fn remember_workspace(name: &str) {
    write(WORKSPACE, Some(name));
}

/// What was not kept yet when a page was left; it is gone from here then.
pub fn take_unkept() -> Option<String> {
    let text = read(UNKEPT);
    if text.is_some() {
        write(UNKEPT, None);
    }
    text
}

/// Keeps that at once: a page that is left waits for no database.
pub fn leave_unkept(text: &str) {
    write(UNKEPT, Some(text));
}

/// Whether the system asks for dark.
pub fn system_dark() -> bool {
    web_sys::window()
        .and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten())
        .is_some_and(|query| query.matches())
}

/// Calls `changed` whenever the system goes from light to dark or back.
pub fn on_system_theme(changed: impl FnMut() + 'static) {
    let Some(query) = web_sys::window().and_then(|w| w.match_media("(prefers-color-scheme: dark)").ok().flatten())
    else {
        return;
    };
    let closure = Closure::<dyn FnMut()>::new(changed).into_js_value();
    query.set_onchange(Some(closure.unchecked_ref()));
    // The query itself must live for its events to come.
    std::mem::forget(query);
}

/// Tells the document its language.
pub fn show_language(tag: &str) {
    if let Some(root) = super::document().and_then(|d| d.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Tells the document light or dark.
pub fn show_dark(dark: bool) {
    if let Some(root) = super::document().and_then(|d| d.document_element()) {
        let _ = root.class_list().toggle_with_force("pf-v6-theme-dark", dark);
    }
}

/// Whether the keyboard has ⌘ where others have Ctrl.
pub fn is_mac() -> bool {
    web_sys::window()
        .and_then(|w| w.navigator().platform().ok())
        .is_some_and(|p| p.starts_with("Mac") || p.starts_with("iP"))
}
