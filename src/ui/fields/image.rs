//! An image reference in its parts: registry, name, tag, digest.

use yew::prelude::*;

use super::controls::Input;
use super::{Field, string};
use crate::form::editors::image::{Parts, join, split};
use crate::i18n::{Id, id};
use crate::ui::form::desk::Desk;
use crate::ui::form::reveal;
use crate::yaml::Path;

pub fn view(field: &Field) -> Html {
    html! {
        <Image
            desk={field.desk.clone()}
            path={field.row.path.clone()}
            whole={field.text()}
            name={field.name()}
            id={field.id()}
            label={field.label()}
            described={field.described.clone()}
            bad={field.bad}
            entered={field.spot.is_some()}
        />
    }
}

#[derive(Properties, PartialEq)]
struct ImageProps {
    desk: Desk,
    path: Path,
    whole: AttrValue,
    name: AttrValue,
    id: AttrValue,
    label: AttrValue,
    described: Option<AttrValue>,
    bad: bool,
    entered: bool,
}

#[component]
fn Image(props: &ImageProps) -> Html {
    // Once there, the place for a digest stays: what is below must not move while a click on it is under way.
    let opened = use_mut_ref(|| false);
    let opened = {
        let mut opened = opened.borrow_mut();
        *opened |= props.entered;
        *opened
    };
    // The parts as they were typed: a registry is none before it has its dot.
    let typed = use_mut_ref(|| None::<(String, Parts)>);
    let parts = match &*typed.borrow() {
        Some((text, parts)) if *text == props.whole.as_str() => parts.clone(),
        _ => split(&props.whole),
    };
    let part = |suffix: &'static str, name: Id, class: &'static str, value: &str, placeholder: &'static str| {
        let (desk, path, parts, kept) = (props.desk.clone(), props.path.clone(), parts.clone(), typed.clone());
        let oninput = Callback::from(move |input: String| {
            let parts = take(parts.clone(), suffix, input);
            let text = join(&parts);
            *kept.borrow_mut() = Some((text.clone(), parts));
            Some(desk.write(&path, (!text.is_empty()).then(|| string(&text))))
        });
        html! {
            <Input
                id={[props.id.as_str(), suffix].concat()}
                value={value.to_owned()}
                whole={props.whole.clone()}
                name={props.desk.words.with(name, "name", props.name.as_str())}
                class={classes!(class)}
                {placeholder}
                described={props.described.clone()}
                bad={props.bad}
                {oninput}
                onkeydown={to_next(&props.id, suffix)}
            />
        }
    };
    let or_nothing = |part: &Option<String>| part.clone().unwrap_or_default();
    let latest = if parts.digest.is_some() { "" } else { "latest" };
    html! {
        <div class="pane-image" role="group" aria-labelledby={props.label.clone()}>
            { part(REGISTRY, id::PANE_IMAGE_REGISTRY, "pane-image__registry", &or_nothing(&parts.registry), "docker.io") }
            <span aria-hidden="true">{ "/" }</span>
            { part(NAME, id::PANE_IMAGE_NAME, "pane-image__name", &parts.name, "") }
            <span aria-hidden="true">{ ":" }</span>
            { part(TAG, id::PANE_IMAGE_TAG, "pane-image__tag", &or_nothing(&parts.tag), latest) }
            if parts.digest.is_some() || opened {
                <span aria-hidden="true">{ "@" }</span>
                { part(DIGEST, id::PANE_IMAGE_DIGEST, "pane-image__digest", &or_nothing(&parts.digest), "sha256:…") }
            }
        </div>
    }
}

const REGISTRY: &str = "-registry";
const NAME: &str = "";
const TAG: &str = "-tag";
const DIGEST: &str = "-digest";

/// The parts after one of them was typed.
fn take(mut parts: Parts, part: &str, input: String) -> Parts {
    let some = |input: String| (!input.is_empty()).then_some(input);
    match part {
        REGISTRY => parts.registry = some(input),
        TAG => parts.tag = some(input),
        DIGEST => parts.digest = some(input),
        // A whole reference, pasted: its parts go where they belong.
        _ if input.contains(['@', ':']) => {
            let all = split(&input);
            let registry = all.registry.clone().or(parts.registry);
            return Parts { registry, ..all };
        }
        _ => parts.name = input,
    }
    parts
}

/// Somebody who types a reference through types it on in the next part.
fn to_next(id: &AttrValue, part: &str) -> Callback<KeyboardEvent> {
    let (mark, next) = match part {
        NAME => (":", TAG),
        TAG => ("@", DIGEST),
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

    #[test]
    fn a_pasted_reference_fills_all_parts() {
        let parts = take(split("nginx:1"), NAME, "ghcr.io/a/b:v2@sha256:0".to_owned());
        assert_eq!(join(&parts), "ghcr.io/a/b:v2@sha256:0");
        assert_eq!((parts.registry.as_deref(), parts.tag.as_deref()), (Some("ghcr.io"), Some("v2")));
        assert_eq!(join(&take(split("ghcr.io/a"), NAME, "b".to_owned())), "ghcr.io/b");
        assert_eq!(join(&take(split("a:1"), TAG, String::new())), "a");
        // Typed letter by letter, a registry is not mistaken for a part of the name.
        let parts = "ghcr.io"
            .char_indices()
            .fold(split("a:1"), |parts, (end, _)| take(parts, REGISTRY, "ghcr.io"[..=end].to_owned()));
        assert_eq!(join(&parts), "ghcr.io/a:1");
    }
}
