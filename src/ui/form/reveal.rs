//! Bringing a field onto the screen.

use web_sys::Element;
use yew::AttrValue;

use super::ids;
use crate::platform::page;
use crate::yaml::{Path, Step};

/// The field that is to be brought onto the screen: of the focus in the text, of a jump.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    pub path: Path,
    /// Whether what it is in is unfolded, because the person came from outside the form.
    pub unfold: bool,
    /// Another number each time the same field is called for again.
    pub turn: u32,
}

impl Spot {
    pub fn is_in(&self, path: &[Step]) -> bool {
        self.path.starts_with(path)
    }
}

fn find(part: &str, path: &[Step]) -> Option<Element> {
    page::document()?.get_element_by_id(&ids::id(part, path))
}

/// Brings the row at `path`, or the nearest above it, into view.
pub fn show(path: &[Step]) {
    let above = (1..=path.len()).rev().filter_map(|end| path.get(..end));
    let nearest = above.filter_map(|path| find(ids::ROW, path).or_else(|| find(ids::CONTROL, path))).next();
    if let Some(row) = nearest {
        page::reveal(&row);
    }
}

/// Gives the keyboard to the first control of the field at `path`; whether it is there.
pub fn focus(path: &[Step]) -> bool {
    let row = find(ids::ROW, path);
    let inner = || row.as_ref()?.query_selector(INPUTS).ok().flatten();
    let any = || row.as_ref()?.query_selector("button").ok().flatten();
    let control = find(ids::CONTROL, path).or_else(inner).or_else(any);
    if let Some(control) = &control {
        page::reveal(control);
        page::focus(control);
    }
    control.is_some()
}

const INPUTS: &str = "input, select, textarea";

/// The way to the keyboard after what had it went away.
pub fn focus_id(id: &AttrValue) {
    if let Some(element) = page::document().and_then(|d| d.get_element_by_id(id)) {
        page::focus(&element);
    }
}
