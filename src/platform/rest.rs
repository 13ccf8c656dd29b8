//! The second half of the page's code: what the first screen does not run lies in a module of its own, which
//! tools/split cuts off the first and boot.js brings.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(js_namespace = studioRest)]
extern "C" {
    #[wasm_bindgen(js_name = share)]
    fn share_with_rest(exports: &JsValue);

    #[wasm_bindgen(js_name = bring)]
    fn bring_it();

    #[wasm_bindgen(js_name = whenHere)]
    fn call_when_here(what: &JsValue);

    #[wasm_bindgen(js_name = isHere)]
    fn is_there() -> bool;

    /// Brings it at once: a function of it was called. Those calls stand in the wasm only.
    #[wasm_bindgen(js_name = restNow)]
    fn rest_now();
}

/// Keeps the import of `restNow` in the wasm for tools/split; nobody calls it.
#[wasm_bindgen(js_name = restNow)]
pub fn bring_rest() {
    rest_now();
}

/// Tells boot.js what it shares with this one.
pub fn share() {
    share_with_rest(&wasm_bindgen::exports());
}

/// Asks for it.
pub fn bring() {
    bring_it();
}

/// Whether it is there. Until then, calling a function of it makes the page wait.
pub fn is_here() -> bool {
    // Natively nothing was cut off.
    !cfg!(target_arch = "wasm32") || is_there()
}

/// Calls `what` when it is there.
pub fn when_here(what: impl FnOnce() + 'static) {
    call_when_here(&Closure::once_into_js(what));
}
