//! The mode of a file: octal, as `chmod` takes it; decimal may be typed, too.

use yew::prelude::*;

use super::controls::Input;
use super::{Field, SHORT};
use crate::form::editors::file_mode;
use crate::i18n::id;

pub fn view(field: &Field) -> Html {
    html! {
        <>
            <Input
                id={field.id()}
                value={field.row.value.as_ref().map(file_mode::shown).unwrap_or_default()}
                whole={field.text()}
                class={classes!(SHORT)}
                mode="numeric"
                described={field.described.clone()}
                bad={field.bad}
                required={field.row.required}
                oninput={field.writing(file_mode::write)}
            />
            if field.spot.is_some() && !field.row.is_set() {
                <span class="pane-hint pane-hint--below">{ field.desk.words.of(id::PANE_MODE_HELP) }</span>
            }
        </>
    }
}
