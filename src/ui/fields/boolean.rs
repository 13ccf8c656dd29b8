//! Unset, true, false: three states, because leaving a field out is a choice of its own.

use yew::prelude::*;

use super::Field;
use crate::i18n::{Label, id};

/// Whether the switch itself says what holds when the field is left out: where it fits.
pub fn says_default(field: &Field) -> bool {
    let short = |default: &Label| field.desk.words.label(default).chars().count() <= 6;
    !field.cell && field.row.default.as_ref().is_some_and(short)
}

pub fn view(field: &Field) -> Html {
    let value = field.row.value.as_ref().and_then(|v| v.as_bool());
    // A text that is no boolean is none of the three: none of them is chosen.
    let other = field.row.is_set() && value.is_none();
    let one = |state: Option<bool>, label: AttrValue, id: AttrValue| {
        let (desk, path) = (field.desk.clone(), field.row.path.clone());
        let onchange = Callback::from(move |_: Event| match state {
            Some(value) => desk.set(&path, value.into()),
            None => desk.clear(&path),
        });
        html! {
            <label class="pane-switch__state">
                <input type="radio" name={field.id()} {id} checked={!other && value == state} {onchange} />
                <span>{ label }</span>
            </label>
        }
    };
    let words = field.desk.words;
    let unset = match &field.row.default {
        Some(default) if says_default(field) => {
            words.with(id::PANE_UNSET_DEFAULT, "value", words.label(default).to_string())
        }
        _ => words.of(id::PANE_UNSET),
    };
    html! {
        <div class="pane-switch" role="radiogroup" aria-labelledby={field.label()} aria-describedby={field.described.clone()} aria-invalid={field.bad.then_some("true")}>
            { one(None, unset, field.id()) }
            { one(Some(true), words.of(id::PANE_TRUE), [field.id().as_str(), "-true"].concat().into()) }
            { one(Some(false), words.of(id::PANE_FALSE), [field.id().as_str(), "-false"].concat().into()) }
        </div>
    }
}
