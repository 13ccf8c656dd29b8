use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::i18n::id;
use crate::platform::page;
use crate::ui::opening::open_files;
use crate::ui::store::use_store;
use crate::ui::words::use_words;

const FILES: &str = "studio-pick-files";
const FOLDER: &str = "studio-pick-folder";

/// The page's own file choosers; buttons anywhere press them by [`pick_files`] and [`pick_folder`].
#[component]
pub fn Pickers() -> Html {
    let store = use_store();
    let words = use_words();
    let onchange = Callback::from(move |event: Event| open_files(&store, &event));
    html! {
        <div class="studio-pickers">
            <input id={FILES} type="file" multiple=true tabindex="-1" aria-label={words.of(id::GALLERY_OPEN_FILES)} onchange={onchange.clone()} />
            <input id={FOLDER} type="file" multiple=true webkitdirectory=true tabindex="-1" aria-label={words.of(id::GALLERY_OPEN_FOLDER)} {onchange} />
        </div>
    }
}

/// Lets the person choose files.
pub fn pick_files() {
    press(FILES);
}

/// Lets the person choose a folder.
pub fn pick_folder() {
    press(FOLDER);
}

fn press(id: &str) {
    let input = page::document().and_then(|d| d.get_element_by_id(id)?.dyn_into::<HtmlInputElement>().ok());
    if let Some(input) = input {
        input.click();
    }
}
