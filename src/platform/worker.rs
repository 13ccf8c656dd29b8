//! A Web Worker that answers texts with texts. Who waits how long for what is the caller's to decide.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Worker};

/// What a worker says.
pub enum Said {
    /// A message.
    Text(String),
    /// It could not be started, or it ended: the browser's words.
    Failed(String),
}

/// A running worker; ended when it is dropped.
pub struct Analyst {
    worker: Worker,
    _hear: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(JsValue)>,
}

impl Analyst {
    /// Starts one. `None` where the browser has no workers.
    pub fn start(hear: impl Fn(Said) + Clone + 'static) -> Option<Analyst> {
        let mut url = String::from("./analyst_loader.js?v=");
        url.push_str(super::BUILD);
        let worker = Worker::new(&url).ok()?;
        let failed = hear.clone();
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(Said::Text(text));
            }
        });
        let failed = Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            let words = js_sys::Reflect::get(&event, &"message".into()).ok().and_then(|m| m.as_string());
            failed(Said::Failed(words.unwrap_or_default()));
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
        Some(Analyst { worker, _hear: hear, _failed: failed })
    }

    /// Asks it.
    pub fn ask(&self, text: &str) {
        let _ = self.worker.post_message(&text.into());
    }
}

impl Drop for Analyst {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}
