//! The analyst: a Web Worker around `studio::analysis::Analyst`. It speaks JSON, one message in,
//! one message out; natively there is nothing to start, it is asked directly.

#[cfg(not(target_arch = "wasm32"))]
fn main() {}

#[cfg(target_arch = "wasm32")]
fn main() {
    worker::start();
}

#[cfg(target_arch = "wasm32")]
mod worker {
    use std::cell::RefCell;

    use manifest_studio::schema::Catalog;
    use manifest_studio::studio::analysis::{Analyst, BUILD, FromAnalyst, ToAnalyst};
    use wasm_bindgen::JsCast;
    use wasm_bindgen::closure::Closure;
    use wasm_bindgen_futures::spawn_local;
    use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

    thread_local! {
        static CATALOG: RefCell<Option<Catalog>> = const { RefCell::new(None) };
        static ANALYST: RefCell<Analyst> = RefCell::default();
        /// Messages that came before the catalog.
        static WAITING: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    }

    pub fn start() {
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(text);
            }
        });
        if let Some(scope) = scope() {
            scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        }
        // It listens for as long as the worker lives.
        hear.forget();
        spawn_local(async {
            match catalog().await {
                Ok(catalog) => {
                    CATALOG.set(Some(catalog));
                    say(&FromAnalyst::Ready);
                    WAITING.take().into_iter().for_each(hear_ready);
                }
                Err(why) => say(&FromAnalyst::NoCatalog(why)),
            }
        });
    }

    fn scope() -> Option<DedicatedWorkerGlobalScope> {
        js_sys::global().dyn_into().ok()
    }

    /// The catalog beside the worker's own file, of this build.
    async fn catalog() -> Result<Catalog, String> {
        let url = ["./catalog.bin?v=", BUILD].concat();
        let answer = gloo_net::http::Request::get(&url).send().await.map_err(|e| e.to_string())?;
        if !answer.ok() {
            return Err(answer.status().to_string());
        }
        let bytes = answer.binary().await.map_err(|e| e.to_string())?;
        Catalog::decode(&bytes).map_err(|_| String::from("catalog.bin"))
    }

    fn hear(text: String) {
        if CATALOG.with_borrow(Option::is_some) {
            hear_ready(text);
        } else {
            WAITING.with_borrow_mut(|waiting| waiting.push(text));
        }
    }

    fn hear_ready(text: String) {
        let Ok(message) = serde_json::from_str::<ToAnalyst>(&text) else {
            // Another build's page; it is told which build this is.
            return say(&FromAnalyst::OtherBuild(BUILD.to_owned()));
        };
        CATALOG.with_borrow(|catalog| {
            if let Some(catalog) = catalog {
                say(&ANALYST.with_borrow_mut(|analyst| analyst.answer(catalog, &message)));
            }
        });
    }

    fn say(message: &FromAnalyst) {
        if let (Some(scope), Ok(text)) = (scope(), serde_json::to_string(message)) {
            let _ = scope.post_message(&text.into());
        }
    }
}
