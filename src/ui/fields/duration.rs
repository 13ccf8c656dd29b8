//! Seconds, typed as seconds or as `1h30m`, shown in words.

use serde_json::Value;
use yew::prelude::*;

use super::{Field, SHORT, number};
use crate::i18n::{Message, id};
use crate::k8s::{TimeUnit, parse_seconds, split_seconds};
use crate::ui::words::Words;

pub fn view(field: &Field) -> Html {
    let seconds = field.row.value.as_ref().and_then(Value::as_i64);
    html! {
        <>
            { field.input(SHORT, None, read) }
            <span class="pane-hint">
                { match seconds {
                    Some(seconds) if seconds >= 0 => in_words(seconds, field.desk.words),
                    _ => field.desk.words.of(id::PANE_SECONDS_HELP),
                } }
            </span>
        </>
    }
}

fn read(typed: &str) -> Value {
    parse_seconds(typed).map_or_else(|| number(typed), Value::from)
}

fn in_words(seconds: i64, words: Words) -> AttrValue {
    let parts: Vec<String> = split_seconds(seconds)
        .into_iter()
        .map(|(count, unit)| {
            let id = match unit {
                TimeUnit::Days => id::PANE_DAYS,
                TimeUnit::Hours => id::PANE_HOURS,
                TimeUnit::Minutes => id::PANE_MINUTES,
                TimeUnit::Seconds => id::PANE_SECONDS,
            };
            words.say(&Message::new(id).with("n", count as usize)).to_string()
        })
        .collect();
    parts.join(" ").into()
}
