//! Fetching the page's own files.

use gloo_net::http::Request;

/// Why a file is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchError {
    /// Nobody answered.
    NoAnswer,
    /// An answer, but not the file.
    Status(u16),
}

/// The bytes of a file beside the page, of this build.
pub async fn bytes(path: &str) -> Result<Vec<u8>, FetchError> {
    let url = [path, "?v=", super::BUILD].concat();
    let answer = Request::get(&url).send().await.map_err(|_| FetchError::NoAnswer)?;
    if !answer.ok() {
        return Err(FetchError::Status(answer.status()));
    }
    answer.binary().await.map_err(|_| FetchError::NoAnswer)
}
