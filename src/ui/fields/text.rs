//! Text: one line, or several when the value has line breaks or Shift+Enter asks for one.

use yew::prelude::*;

use super::controls::Input;
use super::{Field, string};
use crate::ui::form::desk::Desk;
use crate::yaml::Path;

pub fn view(field: &Field) -> Html {
    let lines = field.text().contains('\n');
    html! {
        <Input
            id={field.id()}
            value={field.text()}
            {lines}
            described={field.described.clone()}
            bad={field.bad}
            required={field.row.required}
            oninput={field.writing(string)}
            onkeydown={if lines { Callback::default() } else { break_line(field.desk.clone(), field.row.path.clone()) }}
        />
    }
}

/// Shift+Enter makes the value one of several lines.
fn break_line(desk: Desk, path: Path) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Enter" && event.shift_key() {
            event.prevent_default();
            let typed = event.target_unchecked_into::<web_sys::HtmlInputElement>().value();
            desk.want(path.clone());
            desk.set(&path, string(&[typed.as_str(), "\n"].concat()));
        }
    })
}
