//! BroadcastChannel: what this tab tells the others, and hears from them.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// An open channel; closed when it is dropped.
pub struct Broadcast {
    channel: BroadcastChannel,
    _hear: Closure<dyn FnMut(MessageEvent)>,
}

impl Broadcast {
    /// Opens the page's channel; `None` where the browser has none.
    pub fn open(hear: impl Fn(String) + 'static) -> Option<Broadcast> {
        let channel = BroadcastChannel::new("manifest-studio").ok()?;
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Some(Broadcast { channel, _hear: hear })
    }

    /// Tells every other tab.
    pub fn tell(&self, text: &str) {
        // Fails only for what cannot be cloned; a text can.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for Broadcast {
    fn drop(&mut self) {
        self.channel.close();
    }
}
