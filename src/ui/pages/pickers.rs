use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::platform::page;

/// Lets the person choose files.
pub fn pick_files() {
    press("studio-pick-files");
}

/// Lets the person choose a folder.
pub fn pick_folder() {
    press("studio-pick-folder");
}

/// The choosers stand in index.html.
fn press(id: &str) {
    let input = page::document().and_then(|d| d.get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.click();
    }
}
