//! A whole number in a range; the arrow keys count.

use yew::prelude::*;

use super::controls::Input;
use super::{Field, SHORT};
use crate::form::Editor;
use crate::form::editors::number;
use crate::i18n::{Message, id};

pub fn view(field: &Field) -> Html {
    let (min, max) = match field.row.editor {
        Editor::Number { min, max } => (min, max),
        _ => (None, None),
    };
    let value = field.row.value.as_ref().and_then(|v| v.as_i64());
    let outside = value.is_some_and(|v| min.is_some_and(|min| v < min) || max.is_some_and(|max| v > max));
    let onkeydown = {
        let (desk, path) = (field.desk.clone(), field.row.path.clone());
        Callback::from(move |event: KeyboardEvent| {
            let by = match event.key().as_str() {
                "ArrowUp" => 1,
                "ArrowDown" => -1,
                _ => return,
            };
            event.prevent_default();
            let next = value.map_or_else(|| min.unwrap_or(0).max(0), |v| v.saturating_add(by));
            let next = next.max(min.unwrap_or(next)).min(max.unwrap_or(next));
            desk.set(&path, next.into());
        })
    };
    html! {
        <>
            <Input
                id={field.id()}
                value={field.text()}
                class={classes!(SHORT)}
                mode="numeric"
                described={field.described.clone()}
                bad={field.bad || outside}
                required={field.row.required}
                oninput={field.writing(number::write)}
                {onkeydown}
            />
            if let Some(range) = range(min, max, value.unwrap_or(0)).filter(|_| outside || field.spot.is_some()) {
                <span class={classes!("pane-hint", outside.then_some("studio-bad"))}>{ field.desk.words.say(&range) }</span>
            }
        </>
    }
}

fn range(min: Option<i64>, max: Option<i64>, value: i64) -> Option<Message> {
    // The largest that a field can hold at all is no limit that anybody has to know.
    Some(match (min, max.filter(|max| *max < i64::from(i32::MAX) || value > i64::from(i32::MAX))) {
        (Some(min), Some(max)) => {
            Message::new(id::PANE_RANGE).with("min", min.to_string()).with("max", max.to_string())
        }
        (Some(min), None) => Message::new(id::PANE_AT_LEAST).with("min", min.to_string()),
        (None, Some(max)) => Message::new(id::PANE_AT_MOST).with("max", max.to_string()),
        (None, None) => return None,
    })
}
