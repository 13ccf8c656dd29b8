//! The clipboard. Where the browser refuses it, the caller shows the text to be copied by hand.

use js_sys::Reflect;
use wasm_bindgen_futures::JsFuture;

/// Puts `text` on the clipboard; whether that worked.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let navigator = window.navigator();
    // Absent outside secure contexts (plain http on another host), where the getter gives undefined.
    if !Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
