use yew::prelude::*;

include!(concat!(env!("OUT_DIR"), "/badges.rs"));

/// The letters that stand for a kind, and the colour's class (`static/badges.yaml`).
pub fn abbreviation(kind: &str) -> (String, &'static str) {
    if let Some((letters, colour)) = known(kind) {
        return (letters.to_owned(), colour);
    }
    let letters: String = kind.chars().filter(char::is_ascii_uppercase).take(3).collect();
    let letters = if letters.is_empty() { kind.chars().take(2).collect() } else { letters };
    (letters, "studio-badge--other")
}

#[derive(Properties, PartialEq)]
pub struct KindBadgeProps {
    /// The kind; empty where none is written.
    pub kind: AttrValue,
}

/// A kind in one to three letters. Its full name is the title and what is read aloud.
#[component]
pub fn KindBadge(props: &KindBadgeProps) -> Html {
    let (mut letters, colour) = abbreviation(&props.kind);
    if letters.is_empty() {
        letters.push('?');
    }
    html! {
        <span class={classes!("studio-badge", colour)} title={props.kind.clone()}>
            <span aria-hidden="true">{ letters }</span>
            <span class="studio-unseen">{ props.kind.clone() }</span>
        </span>
    }
}
