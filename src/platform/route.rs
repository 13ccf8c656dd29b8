//! The address: what stands behind `#`. The page's own changes to it are not reported back.

/// What stands behind `#`, decoded.
pub fn current() -> String {
    let hash = web_sys::window().and_then(|w| w.location().hash().ok()).unwrap_or_default();
    let hash = hash.strip_prefix('#').unwrap_or(&hash);
    js_sys::decode_uri_component(hash).map_or_else(|_| hash.to_owned(), String::from)
}

/// Changes it, as a step of the browser's own history when `step`.
pub fn go(route: &str, step: bool) {
    let Some(history) = web_sys::window().and_then(|w| w.history().ok()) else { return };
    if current() == route {
        return;
    }
    let mut address = String::from("#");
    address.push_str(&String::from(js_sys::encode_uri(route)));
    // Refused only when it is called hundreds of times a second: then the address is stale, which harms nothing.
    let _ = if step {
        history.push_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
    } else {
        history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
    };
}

/// Calls `went` when the person goes back, forward, or edits the address.
pub fn listen(went: impl Fn(String) + 'static) {
    super::page::on_window("popstate", move |_| went(current())).forever();
}
