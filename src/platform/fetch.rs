//! Fetching the page's own files.

use gloo_net::http::Request;

/// The bytes of a file beside the page; an error is the browser's words or the status.
pub async fn bytes(path: &str) -> Result<Vec<u8>, String> {
    let mut url = String::from(path);
    url.push_str("?v=");
    url.push_str(super::BUILD);
    let answer = Request::get(&url).send().await.map_err(|e| e.to_string())?;
    if !answer.ok() {
        return Err(answer.status().to_string());
    }
    answer.binary().await.map_err(|e| e.to_string())
}
