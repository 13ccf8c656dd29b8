//! Requests to the cluster, by the browser's `fetch`.

use std::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Method as Verb, RequestBuilder};

use super::page;
use crate::cluster::{ApiBase, Method, Request, Response, Transport, TransportError, split_warnings};

/// Longer than the API server's own limit of a request (60 s), so that its answer is heard.
const SECONDS: u32 = 70;

/// Sends to the API at the page's own origin.
#[derive(Clone, Debug, Default)]
pub struct Fetch {
    pub base: ApiBase,
}

impl Transport for Fetch {
    async fn send(&self, request: &Request) -> Result<Response, TransportError> {
        let abort = web_sys::AbortController::new().ok();
        let late = Rc::new(Cell::new(false));
        let timer = abort.clone().map(|abort| {
            let late = late.clone();
            page::later(SECONDS as i32 * 1000, move || {
                late.set(true);
                abort.abort();
            })
        });
        let answer = fetch(&self.base.url(request), request, abort.as_ref()).await;
        if let Some(timer) = timer {
            page::never(timer);
        }
        answer.ok_or(if late.get() { TransportError::NoAnswer(SECONDS) } else { TransportError::Unreachable })
    }
}

async fn fetch(url: &str, request: &Request, abort: Option<&web_sys::AbortController>) -> Option<Response> {
    let verb = match request.method {
        Method::Get => Verb::GET,
        Method::Post => Verb::POST,
        Method::Patch => Verb::PATCH,
        Method::Delete => Verb::DELETE,
    };
    let mut builder = RequestBuilder::new(url).method(verb);
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let signal = abort.map(web_sys::AbortController::signal);
    builder = builder.abort_signal(signal.as_ref());
    let built = match &request.body {
        Some(body) => builder.body(body.as_str()),
        None => builder.build(),
    };
    let answer = built.ok()?.send().await.ok()?;
    Some(Response {
        status: answer.status(),
        content_type: answer.headers().get("content-type").unwrap_or_default(),
        warnings: answer.headers().get("warning").map(|w| split_warnings(&w)).unwrap_or_default(),
        body: answer.text().await.ok()?,
    })
}
