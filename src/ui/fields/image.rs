//! An image reference in its parts: registry, name, tag, digest.

use yew::prelude::*;

use super::controls::Input;
use super::{Field, string};
use crate::i18n::{Id, id};
use crate::ui::form::reveal;

/// The parts of what is typed, well-formed or not; joining them gives the very text back.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
struct Parts {
    registry: String,
    name: String,
    tag: Option<String>,
    digest: Option<String>,
}

impl Parts {
    fn split(text: &str) -> Parts {
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest.to_owned())),
            None => (text, None),
        };
        let slash = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (path, tag) = match rest[slash..].split_once(':') {
            Some((last, tag)) => (&rest[..slash + last.len()], Some(tag.to_owned())),
            None => (rest, None),
        };
        // What names a host: as the runtimes decide it.
        let (registry, name) = match path.split_once('/') {
            Some((first, name)) if first.contains(['.', ':']) || first == "localhost" => (first, name),
            _ => ("", path),
        };
        Parts { registry: registry.to_owned(), name: name.to_owned(), tag, digest }
    }

    fn join(&self) -> String {
        let mut text = String::new();
        if !self.registry.is_empty() {
            text.push_str(&self.registry);
            text.push('/');
        }
        text.push_str(&self.name);
        for (mark, part) in [(':', &self.tag), ('@', &self.digest)] {
            if let Some(part) = part {
                text.push(mark);
                text.push_str(part);
            }
        }
        text
    }
}

pub fn view(field: &Field) -> Html {
    let whole = field.text();
    let parts = Parts::split(&whole);
    let words = field.desk.words;
    let part = |suffix: &str,
                name: Id,
                class: &'static str,
                value: &str,
                placeholder: &'static str,
                take: fn(&mut Parts, String)| {
        let (desk, path, parts) = (field.desk.clone(), field.row.path.clone(), parts.clone());
        let oninput = Callback::from(move |typed: String| {
            let mut parts = parts.clone();
            take(&mut parts, typed);
            let text = parts.join();
            Some(desk.write(&path, (!text.is_empty()).then(|| string(&text))))
        });
        html! {
            <Input
                id={[field.id().as_str(), suffix].concat()}
                value={value.to_owned()}
                whole={whole.clone()}
                name={words.with(name, "name", field.name().to_string())}
                class={classes!(class)}
                {placeholder}
                described={field.described.clone()}
                bad={field.bad}
                {oninput}
                onkeydown={to_next(field.id(), suffix)}
            />
        }
    };
    html! {
        <div class="pane-image" role="group" aria-labelledby={field.label()}>
            { part("-registry", id::PANE_IMAGE_REGISTRY, "pane-image__registry", &parts.registry, "docker.io", |parts, typed| {
                parts.registry = typed;
            }) }
            <span aria-hidden="true">{ "/" }</span>
            { part("", id::PANE_IMAGE_NAME, "pane-image__name", &parts.name, "", |parts, typed| {
                // A whole reference, pasted: its parts go where they belong.
                if typed.contains(['@', ':']) {
                    let all = Parts::split(&typed);
                    *parts = Parts {
                        registry: if all.registry.is_empty() { std::mem::take(&mut parts.registry) } else { all.registry },
                        ..all
                    };
                } else {
                    parts.name = typed;
                }
            }) }
            <span aria-hidden="true">{ ":" }</span>
            { part("-tag", id::PANE_IMAGE_TAG, "pane-image__tag", parts.tag.as_deref().unwrap_or_default(), if parts.digest.is_some() { "" } else { "latest" }, |parts, typed| {
                parts.tag = (!typed.is_empty()).then_some(typed);
            }) }
            if parts.digest.is_some() || field.spot.is_some() {
                <span aria-hidden="true">{ "@" }</span>
                { part("-digest", id::PANE_IMAGE_DIGEST, "pane-image__digest", parts.digest.as_deref().unwrap_or_default(), "sha256:…", |parts, typed| {
                    parts.digest = (!typed.is_empty()).then_some(typed);
                }) }
            }
        </div>
    }
}

/// Somebody who types a reference through types it on in the next part.
fn to_next(id: AttrValue, part: &str) -> Callback<KeyboardEvent> {
    let (mark, next) = match part {
        "" => (":", "-tag"),
        "-tag" => ("@", "-digest"),
        _ => return Callback::default(),
    };
    let next = AttrValue::from([id.as_str(), next].concat());
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == mark {
            event.prevent_default();
            reveal::focus_id(&next);
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::k8s::ImageRef;

    #[test]
    fn splits_as_the_runtimes_do_and_joins_back() {
        for text in [
            "nginx",
            "nginx:1.29",
            "ghcr.io/a/b:v1",
            "localhost:5000/a",
            "a/b/c",
            "a:1@sha256:0",
            "",
            ":",
            "@",
            "a:",
            "/",
            "a//b",
            "x:y:z",
        ] {
            let parts = Parts::split(text);
            assert_eq!(parts.join(), text);
            if let Some(image) = ImageRef::parse(text) {
                assert_eq!(
                    (Some(parts.registry).filter(|r| !r.is_empty()), parts.name),
                    (image.registry, image.name),
                    "{text}"
                );
                assert_eq!((parts.tag, parts.digest), (image.tag, image.digest), "{text}");
            }
        }
    }
}
