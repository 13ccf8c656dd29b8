//! A number, or a share in percent.

use yew::prelude::*;

use super::{Field, SHORT};
use crate::form::editors::int_or_percent;
use crate::i18n::id;

pub fn view(field: &Field) -> Html {
    let odd = field.row.value.as_ref().is_some_and(|value| int_or_percent::read(value).is_none());
    html! {
        <>
            { field.input(SHORT, None, int_or_percent::write) }
            if field.spot.is_some() || odd {
                <span class={classes!("pane-hint", odd.then_some("studio-warn"))}>{ field.desk.words.of(id::PANE_INT_OR_PERCENT) }</span>
            }
        </>
    }
}
