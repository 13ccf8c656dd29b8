//! The page: mounts the screen into `#app`.

use wasm_bindgen::prelude::*;

// What the first screen does not run lies in a second module, which tools/split cuts off this one and boot.js
// brings behind the first paint.
#[wasm_bindgen(js_namespace = studioRest)]
extern "C" {
    /// Gives boot.js what the second module shares with this one.
    fn begin(exports: &JsValue);

    /// Brings the second module at once: a function of it was called. Those calls stand in the wasm only.
    #[wasm_bindgen(js_name = restNow)]
    fn rest_now();
}

/// Keeps the import of `rest_now` in the wasm for tools/split; nobody calls it.
#[wasm_bindgen(js_name = restNow)]
pub fn bring_rest() {
    rest_now();
}

fn main() {
    begin(&wasm_bindgen::exports());
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    if let Some(root) = root {
        // The shell of index.html has done its work.
        root.set_inner_html("");
        yew::Renderer::<manifest_studio::ui::App>::with_root(root).render();
    }
}
