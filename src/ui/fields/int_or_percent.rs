//! A number, or a share in percent.

use serde_json::Value;
use yew::prelude::*;

use super::{Field, SHORT, number};
use crate::i18n::id;

pub fn view(field: &Field) -> Html {
    let entering = field.spot.is_some();
    let odd = field.row.value.as_ref().is_some_and(|v| match v {
        Value::String(text) => !is_percent(text),
        other => !other.is_u64(),
    });
    html! {
        <>
            { field.input(SHORT, None, number) }
            if entering || odd {
                <span class={classes!("pane-hint", odd.then_some("studio-bad"))}>{ field.desk.words.of(id::PANE_INT_OR_PERCENT) }</span>
            }
        </>
    }
}

/// As apimachinery's `IsValidPercent` has it: digits and `%`.
fn is_percent(text: &str) -> bool {
    text.strip_suffix('%').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}
