//! Where the keyboard is: from part to part of the screen, and never lost with what goes away.

use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::form::reveal;
use super::store::Store;
use crate::platform::page;

/// The parts of the workspace in the order of the screen, and what takes the keyboard in each: the first that can
/// be seen.
const PARTS: [(&str, &[&str]); 4] = [
    (".studio-documents", &["[role=tree]", "button"]),
    (".studio-form", &["[role=tab][tabindex='0']", "button"]),
    (".studio-text", &[".cm-content", "pre", "button"]),
    (".studio-below", &["#panel", "[role=tab][tabindex='0']"]),
];

/// To the next part of the screen, or back, past all controls in between; `false` behind the last, where the
/// browser goes on with its own.
pub fn to_next_part(store: &Store, back: bool) -> bool {
    let there = page::focused().and_then(|focused| {
        PARTS.iter().position(|(part, _)| focused.closest(part).is_ok_and(|found| found.is_some()))
    });
    let all = 0..PARTS.len();
    match (there, back) {
        (Some(at), false) => all.skip(at + 1).any(|part| enter(store, part)),
        (Some(at), true) => all.take(at).rev().any(|part| enter(store, part)),
        (None, false) => all.into_iter().any(|part| enter(store, part)),
        (None, true) => false,
    }
}

/// Gives the keyboard to a part; whether it is there and can be seen.
fn enter(store: &Store, part: usize) -> bool {
    let (part, ways) = PARTS[part];
    let Some(part) = page::document().and_then(|d| d.query_selector(part).ok().flatten()) else { return false };
    if !is_seen(&part) {
        return false;
    }
    // The form is entered where the person was in it, or where the cursor is in the text.
    let field = store.read(|state| state.focus.clone().filter(|f| Some(f.doc) == state.selected));
    if let Some(focus) = field.filter(|_| part.class_list().contains("studio-form"))
        && (1..=focus.path.len()).rev().any(|end| reveal::focus(&focus.path[..end]))
    {
        return true;
    }
    let found = ways.iter().filter_map(|way| part.query_selector(way).ok().flatten()).find(is_seen);
    if let Some(element) = &found {
        page::focus(element);
    }
    found.is_some()
}

fn is_seen(element: &Element) -> bool {
    element.client_width() > 0
}

/// When what has the keyboard, somewhere in `around`, goes away with this render, what `to` finds takes it, and the
/// next Tab begins there instead of at the beginning of the page.
#[hook]
pub fn use_kept_focus(around: &'static str, to: &'static str) {
    let inside = |focused: HtmlElement| focused.closest(around).is_ok_and(|found| found.is_some());
    // Kept until an effect has seen it: there may be another render before.
    let had_it = use_mut_ref(|| false);
    if page::focused().is_some_and(inside) {
        *had_it.borrow_mut() = true;
    }
    use_effect(move || {
        if had_it.take() && page::focused().is_none_or(|focused| focused.tag_name() == "BODY") {
            page::focus_first(to);
        }
    });
}
