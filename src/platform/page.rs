//! The page itself: focus, scrolling, timers, marks for measuring, keys.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

pub fn document() -> Option<Document> {
    web_sys::window()?.document()
}

/// Calls `what` once, after `milliseconds`.
pub fn later(milliseconds: i32, what: impl FnOnce() + 'static) -> i32 {
    let Some(window) = web_sys::window() else { return 0 };
    let what = Closure::once_into_js(what);
    window.set_timeout_with_callback_and_timeout_and_arguments_0(what.unchecked_ref(), milliseconds).unwrap_or(0)
}

/// Calls `what` when what the page does now is done, hidden or not; at once where the browser has no channels.
pub fn soon(what: impl FnOnce() + 'static) {
    let Ok(channel) = web_sys::MessageChannel::new() else { return what() };
    let port = channel.port1();
    let heard = {
        let port = port.clone();
        Closure::once_into_js(move || {
            port.close();
            what();
        })
    };
    port.set_onmessage(Some(heard.unchecked_ref()));
    let _ = channel.port2().post_message(&JsValue::NULL);
}

/// Calls `what` when the page has nothing to do; at once where the browser does not say when that is.
pub fn when_idle(what: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let what: js_sys::Function = Closure::once_into_js(what).unchecked_into();
    if window.request_idle_callback(&what).is_err() {
        let _ = what.call0(&JsValue::NULL);
    }
}

/// Takes back a [`later`].
pub fn never(id: i32) {
    if let Some(window) = web_sys::window() {
        window.clear_timeout_with_handle(id);
    }
}

/// Calls `what` before the next paint.
pub fn before_paint(what: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let _ = window.request_animation_frame(Closure::once_into_js(what).unchecked_ref());
}

/// Milliseconds since 1970.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// Tells whoever measures that something has happened (tools/bench.mjs names what). Who measures has put a function
/// there before the page started. The browser's own marks would cost a key half a millisecond.
pub fn mark(name: &str) {
    thread_local! {
        static MEASURE: Option<Function> =
            web_sys::window().and_then(|window| Reflect::get(&window, &"studioMeasure".into()).ok()?.dyn_into().ok());
    }
    MEASURE.with(|measure| {
        if let Some(measure) = measure {
            let _ = measure.call1(&JsValue::UNDEFINED, &name.into());
        }
    });
}

/// A listener on the window or the document; it ends when it is dropped.
pub struct Listening {
    target: Option<EventTarget>,
    name: &'static str,
    closure: Closure<dyn FnMut(Event)>,
}

impl Listening {
    pub(super) fn start(
        target: Option<EventTarget>,
        name: &'static str,
        happened: impl FnMut(Event) + 'static,
    ) -> Listening {
        let closure = Closure::<dyn FnMut(Event)>::new(happened);
        if let Some(target) = &target {
            let _ = target.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
        }
        Listening { target, name, closure }
    }

    /// Listens for as long as the page lives.
    pub fn forever(self) {
        std::mem::forget(self);
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(target) = &self.target {
            let _ = target.remove_event_listener_with_callback(self.name, self.closure.as_ref().unchecked_ref());
        }
    }
}

/// Calls `happened` for every event of that name that reaches the window.
pub fn on_window(name: &'static str, happened: impl FnMut(Event) + 'static) -> Listening {
    Listening::start(web_sys::window().map(Into::into), name, happened)
}

/// Calls `happened` for every event of that name that reaches the document.
pub fn on_document(name: &'static str, happened: impl FnMut(Event) + 'static) -> Listening {
    Listening::start(document().map(Into::into), name, happened)
}

/// A number from 0 to below 1.
pub fn random() -> f64 {
    js_sys::Math::random()
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    document()?.active_element()?.dyn_into().ok()
}

/// Gives the focus to `element`.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the focus to the first match of `selector`, if there is one.
pub fn focus_first(selector: &str) -> bool {
    let found = document().and_then(|d| d.query_selector(selector).ok().flatten());
    if let Some(element) = &found {
        focus(element);
    }
    found.is_some()
}

/// Brings `element` onto the screen when it is not there.
pub fn reveal(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Whether the page is hidden (another tab is in front).
pub fn hidden() -> bool {
    document().is_some_and(|d| d.hidden())
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}
