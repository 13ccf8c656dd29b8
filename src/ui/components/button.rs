use yew::prelude::*;

use super::icon::{Icon, Sign};

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do here.
    Primary,
    /// Anything beside it.
    #[default]
    Secondary,
    /// A round box with a quiet border, as in the masthead.
    Pill,
    /// No box.
    Plain,
    /// As a link in a sentence.
    Link,
    /// Takes something away for good.
    Danger,
}

#[derive(Properties, PartialEq)]
pub struct ButtonProps {
    /// What stands on it; left out for a sign alone, which then needs `name`.
    #[prop_or_default]
    pub label: Option<AttrValue>,
    #[prop_or_default]
    pub sign: Option<Sign>,
    #[prop_or_default]
    pub look: Look,
    #[prop_or_default]
    pub small: bool,
    #[prop_or_default]
    pub disabled: bool,
    /// What is read aloud, and shown when the mouse rests on it, where the label does not say it all.
    #[prop_or_default]
    pub name: Option<AttrValue>,
    #[prop_or_default]
    pub class: Classes,
    /// For a button that is on or off.
    #[prop_or_default]
    pub pressed: Option<bool>,
    #[prop_or_default]
    pub submit: bool,
    #[prop_or_default]
    pub onclick: Callback<MouseEvent>,
}

/// A button.
#[component]
pub fn Button(props: &ButtonProps) -> Html {
    let look = match props.look {
        Look::Primary => "pf-m-primary",
        Look::Secondary => "pf-m-secondary",
        Look::Pill => "studio-pill",
        Look::Plain => "pf-m-plain",
        Look::Link => "pf-m-link",
        Look::Danger => "pf-m-danger",
    };
    html! {
        <button
            type={if props.submit { "submit" } else { "button" }}
            class={classes!("pf-v6-c-button", look, props.small.then_some("pf-m-small"), props.class.clone())}
            disabled={props.disabled}
            title={props.name.clone()}
            aria-label={props.name.clone()}
            aria-pressed={props.pressed.map(|on| if on { "true" } else { "false" })}
            onclick={props.onclick.clone()}
        >
            if let Some(sign) = props.sign {
                <span class="pf-v6-c-button__icon"><Icon {sign} /></span>
            }
            if let Some(label) = &props.label {
                <span class="pf-v6-c-button__text">{ label.clone() }</span>
            }
        </button>
    }
}
