//! The browser: storage, other tabs, clipboard, files, fetch, worker, editor, address, preferences.
//!
//! Lives here: everything that touches js-sys, web-sys or gloo, one file each, as plain functions with
//! results as enums. Must never: know an action or a state; decide; say a word to the person.

pub mod broadcast;
pub mod clipboard;
pub mod download;
pub mod editor;
pub mod fetch;
pub mod files;
pub mod gallery;
pub mod page;
pub mod prefs;
pub mod rest;
pub mod route;
pub mod storage;
pub mod transport;
pub mod worker;

use page::{document, later};

/// What this build is called: part of the addresses whose files carry no hash in their names, so that page,
/// worker and editor are always of one build.
pub const BUILD: &str = match option_env!("STUDIO_BUILD") {
    Some(build) => build,
    None => "dev",
};

/// What the browser says about an error.
fn words(value: &wasm_bindgen::JsValue) -> String {
    use wasm_bindgen::JsCast;
    match value.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => value.as_string().unwrap_or_default(),
    }
}
