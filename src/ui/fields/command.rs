//! A command: words of a list, typed and shown as in a shell.

use serde_json::Value;
use yew::prelude::*;

use super::controls::Input;
use super::{Field, strings};
use crate::form::editors::command;

pub fn view(field: &Field) -> Html {
    let words = match &field.row.value {
        Some(Value::Array(words)) => words.iter().map(Value::as_str).collect::<Option<Vec<_>>>(),
        Some(_) => None,
        None => Some(Vec::new()),
    };
    // Lines of a script do not fit into one, and what is no list of words is shown as it is.
    let Some(words) = words.filter(|words| !words.iter().any(|w| w.contains('\n'))) else {
        return strings::view(field);
    };
    let read = |typed: &str| Value::Array(command::split(typed).into_iter().map(Value::String).collect());
    html! {
        <>
            <Input
                id={field.id()}
                value={command::join(&words)}
                whole={field.text()}
                labelled={field.label()}
                class="pane-input--code"
                described={field.described.clone()}
                bad={field.bad}
                oninput={field.writing(read)}
            />
            if field.spot.is_some() && !words.is_empty() {
                // How it is cut into words, as the text has it.
                <code class="pane-hint pane-hint--below">{ field.text() }</code>
            }
        </>
    }
}
