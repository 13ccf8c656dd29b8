//! The gallery of index.html: what is done in it, and whether it is seen. Until somebody listens, static/boot.js keeps
//! what was done last.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

use super::page::{Listening, focused};

#[wasm_bindgen(js_namespace = studioGallery)]
extern "C" {
    fn listen(listener: &JsValue);
}

/// What a person does in the gallery.
#[derive(Clone, Debug)]
pub enum Done {
    /// A template was chosen: its id.
    Template(String),
    /// Start with an empty document of this `apiVersion` and `kind`.
    Empty(String, String),
    /// YAML is to be pasted.
    Paste,
    /// Files or a folder were picked, here or elsewhere on the page.
    Picked(HtmlInputElement),
}

fn done(what: &str, which: &str) -> Option<Done> {
    Some(match what {
        "template" => Done::Template(which.to_owned()),
        "empty" => {
            let (api_version, kind) = which.split_once(' ')?;
            Done::Empty(api_version.to_owned(), kind.to_owned())
        }
        "way" => Done::Paste,
        _ => Done::Picked(super::document()?.get_element_by_id(which)?.dyn_into().ok()?),
    })
}

/// Calls `happened` for what is done in the gallery from now on, and at once for what was done before.
pub fn on_done(mut happened: impl FnMut(Done) + 'static) {
    let listener = Closure::<dyn FnMut(String, String)>::new(move |what: String, which: String| {
        if let Some(done) = done(&what, &which) {
            happened(done);
        }
    });
    listen(&listener.into_js_value());
}

fn element() -> Option<HtmlElement> {
    super::document()?.get_element_by_id("gallery")?.dyn_into().ok()
}

/// Shows it or hides it; whether the keyboard was in it when it was hidden.
pub fn show(on: bool) -> bool {
    let Some(gallery) = element() else { return false };
    // What was pressed may have been out of sight since ([`show_leaving`]), and lost the keyboard by that.
    let held =
        |focused: HtmlElement| gallery.contains(Some(&focused)) || (is_leaving() && focused.tag_name() == "BODY");
    let held = !on && focused().is_some_and(held);
    gallery.set_hidden(!on);
    held
}

fn root() -> Option<Element> {
    super::document()?.document_element()
}

fn is_leaving() -> bool {
    root().is_some_and(|root| root.class_list().contains("studio-leaving"))
}

/// It is left, and what takes its place is not there yet.
pub fn show_leaving(on: bool) {
    if let Some(root) = root() {
        let _ = root.class_list().toggle_with_force("studio-leaving", on);
    }
}

/// It is known what was kept here before: nobody who returns waits behind a hidden gallery any more.
pub fn show_returned() {
    if let Some(root) = root() {
        let _ = root.class_list().remove_1("studio-returning");
    }
}

/// Where the way back to the workspace stands in it.
pub fn place_to_continue() -> Option<Element> {
    super::document()?.get_element_by_id("gallery-continue")
}

/// Calls `happened` for every event of that name in it.
pub fn on_event(name: &'static str, happened: impl FnMut(Event) + 'static) -> Listening {
    Listening::start(element().map(Into::into), name, happened)
}
