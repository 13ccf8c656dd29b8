//! An image reference in parts.

use serde_json::Value;

use super::Hint;
use crate::i18n::{Message, id};
use crate::k8s::ImageRef;

/// The parts of what is typed, well-formed or not; joining them gives the very text back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// `ghcr.io`.
    pub registry: Option<String>,
    /// `owner/app`.
    pub name: String,
    /// `v1`.
    pub tag: Option<String>,
    /// `sha256:…`.
    pub digest: Option<String>,
}

/// The parts of a text.
pub fn split(text: &str) -> Parts {
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => (rest, Some(digest)),
        None => (text, None),
    };
    let last = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (path, tag) = match rest[last..].split_once(':') {
        Some((name, tag)) => (&rest[..last + name.len()], Some(tag)),
        None => (rest, None),
    };
    let (registry, name) = match path.split_once('/') {
        Some((first, name)) if first.contains(['.', ':']) || first == "localhost" => (Some(first), name),
        _ => (None, path),
    };
    let own = |text: &str| text.to_owned();
    Parts { registry: registry.map(own), name: name.to_owned(), tag: tag.map(own), digest: digest.map(own) }
}

/// The text of the parts.
pub fn join(parts: &Parts) -> String {
    let mut text = String::new();
    if let Some(registry) = &parts.registry {
        text.push_str(registry);
        text.push('/');
    }
    text.push_str(&parts.name);
    for (mark, part) in [(':', &parts.tag), ('@', &parts.digest)] {
        if let Some(part) = part {
            text.push(mark);
            text.push_str(part);
        }
    }
    text
}

/// What is worth knowing about an image.
pub(super) fn hint(value: &Value) -> Option<Hint> {
    let text = value.as_str().filter(|t| !t.is_empty())?;
    let Some(image) = ImageRef::parse(text) else { return Some(Hint::warning(id::FORM_HINT_IMAGE_FORM)) };
    match (&image.tag, &image.digest) {
        (_, Some(_)) => None,
        (None, None) => Some(Hint::fact(Message::new(id::FORM_HINT_IMAGE_NO_TAG))),
        (Some(tag), None) if tag == "latest" => Some(Hint::fact(Message::new(id::FORM_HINT_IMAGE_LATEST))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn splits_as_the_runtimes_do_and_joins_back() {
        let texts = [
            "nginx",
            "nginx:1.29",
            "ghcr.io/a/b:v1",
            "localhost:5000/a",
            "a/b/c",
            "a:1@sha256:0",
            "",
            ":",
            "@",
            "/",
            "a//b",
            "x:y:z",
            "{{ .Values.image }}",
            "./a",
        ];
        for text in texts {
            let parts = split(text);
            assert_eq!(join(&parts), text);
            if let Some(image) = ImageRef::parse(text) {
                assert_eq!((parts.registry, parts.name), (image.registry, image.name), "{text}");
                assert_eq!((parts.tag, parts.digest), (image.tag, image.digest), "{text}");
            }
        }
    }

    #[test]
    fn tells_what_may_change_on_its_own() {
        assert!(hint(&json!("nginx")).is_some() && hint(&json!("nginx:latest")).is_some());
        assert!(hint(&json!("nginx:1.29")).is_none() && hint(&json!("")).is_none());
        assert!(hint(&json!("Nginx!")).is_some_and(|h| h.warning));
    }
}
