//! An amount with its unit; what it comes to is said beside it.

use yew::prelude::*;

use super::{Field, datalist, string};
use crate::i18n::id;
use crate::k8s::SUFFIXES;

pub fn view(field: &Field) -> Html {
    let text = field.text();
    let list = AttrValue::from([field.id().as_str(), "-units"].concat());
    html! {
        <>
            { field.input("pane-input--medium", Some(list.clone()), string) }
            { units(&list, &text) }
            if field.spot.is_some() {
                <span class="pane-hint pane-hint--below">{ field.desk.words.of(id::PANE_UNITS) }</span>
            }
        </>
    }
}

/// The number that is typed, with each unit that fits.
pub fn units(list: &AttrValue, text: &str) -> Html {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let offered = |suffix: &str| matches!(suffix, "m" | "Ki" | "Mi" | "Gi" | "Ti");
    let offers = SUFFIXES.iter().filter(|s| !digits.is_empty() && offered(s.0));
    datalist(list, offers.map(|s| (AttrValue::from([digits, s.0].concat()), None)))
}
