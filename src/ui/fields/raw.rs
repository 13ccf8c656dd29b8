//! Anything else: edited as YAML, in place.

use serde_json::Value;
use yew::prelude::*;

use super::Field;
use super::controls::Input;
use crate::i18n::id;
use crate::ui::form::desk::Desk;
use crate::ui::form::part::RowRef;
use crate::yaml::{Document, Step};

pub fn view(field: &Field) -> Html {
    html! {
        <Raw
            desk={field.desk.clone()}
            row={field.row.clone()}
            id={field.id()}
            labelled={field.label()}
            described={field.described.clone()}
            bad={field.bad}
        />
    }
}

#[derive(Properties, PartialEq)]
struct RawProps {
    desk: Desk,
    row: RowRef,
    id: AttrValue,
    labelled: AttrValue,
    described: Option<AttrValue>,
    bad: bool,
}

#[component]
fn Raw(props: &RawProps) -> Html {
    let RawProps { desk, row, .. } = props;
    // The line that is no YAML yet.
    let refused = use_state_eq(|| None::<usize>);
    let oninput = {
        let (desk, path, refused) = (desk.clone(), row.path.clone(), refused.clone());
        Callback::from(move |typed: String| match read(&typed) {
            Ok(value) => {
                refused.set(None);
                Some(desk.write(&path, value))
            }
            Err(line) => {
                refused.set(Some(line));
                None
            }
        })
    };
    let value = row.value.as_ref();
    let text = value.map(|value| written(desk, &row.path).unwrap_or_else(|| as_json(value))).unwrap_or_default();
    html! {
        <>
            <Input
                id={props.id.clone()}
                value={text}
                whole={value.map(crate::ui::form::desk::plain).unwrap_or_default()}
                labelled={props.labelled.clone()}
                described={props.described.clone()}
                bad={props.bad || refused.is_some()}
                lines={value.is_none_or(|v| v.is_object() || v.is_array() || v.as_str().is_some_and(|s| s.contains('\n')))}
                class="pane-input--code"
                {oninput}
            />
            if let Some(line) = *refused {
                <span class="pane-hint pane-hint--below studio-bad">
                    { desk.words.with(id::PANE_RAW_REFUSED, "line", line) }
                </span>
            }
        </>
    }
}

/// The value that the typed YAML stands for, `None` when it is nothing; or the line that cannot be read.
fn read(typed: &str) -> Result<Option<Value>, usize> {
    let document = Document::read(typed);
    match document.error() {
        Some(error) => Err(typed[..error.span.range().start.min(typed.len())].lines().count().max(1)),
        None => Ok(document.to_json()),
    }
}

/// The value as the text has it, moved to the left.
fn written(desk: &Desk, path: &[Step]) -> Option<String> {
    let document = desk.now().document.borrow().clone()?;
    let span = document.at(path)?.span();
    let text = document.text();
    let own = text.get(span.range())?;
    let line = text[..span.range().start].rfind('\n').map_or(0, |at| at + 1);
    let indent = text[line..span.range().start].chars().take_while(|c| *c == ' ' || *c == '-').count();
    let mut out = String::with_capacity(own.len());
    for (i, line) in own.lines().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let blanks = line.len() - line.trim_start_matches(' ').len();
        out.push_str(if i == 0 { line } else { &line[blanks.min(indent)..] });
    }
    // Without what stands before it in its line, it may be something else: then as JSON, which is YAML too.
    let same = read(&out).ok().flatten() == document.at(path).map(|node| node.to_json());
    same.then_some(out)
}

fn as_json(value: &Value) -> String {
    match value {
        Value::Object(_) | Value::Array(_) => serde_json::to_string_pretty(value).unwrap_or_default(),
        // A text that reads as something else needs its quotes.
        Value::String(text) if read(text).ok().flatten().as_ref() == Some(value) => text.clone(),
        other => other.to_string(),
    }
}
