//! Seconds, typed as seconds or as `1h30m`; longer ones are said in words beside it.

use yew::prelude::*;

use super::{Field, SHORT};
use crate::form::editors::duration;
use crate::i18n::id;

pub fn view(field: &Field) -> Html {
    html! {
        <>
            { field.input(SHORT, None, duration::write) }
            if field.spot.is_some() && !field.row.is_set() {
                <span class="pane-hint">{ field.desk.words.of(id::PANE_SECONDS_HELP) }</span>
            }
        </>
    }
}
