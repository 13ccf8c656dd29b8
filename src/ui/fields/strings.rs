//! A list of plain values, an input each.

use serde_json::Value;
use yew::prelude::*;

use super::controls::Input;
use super::{Field, string};
use crate::form::FormEdit;
use crate::form::editors::number;
use crate::i18n::id;
use crate::schema::Shape;
use crate::ui::components::{Button, Icon, Look, Sign};
use crate::ui::form::desk::{Desk, at, plain};
use crate::ui::form::{ids, reveal};
use crate::yaml::Path;

/// What is typed, as an item of the list.
fn reader(shape: &Shape) -> fn(&str) -> Value {
    match shape {
        Shape::List(inner) if matches!(**inner, Shape::Int32 | Shape::Int64 | Shape::IntOrString | Shape::Number) => {
            number::write
        }
        _ => string,
    }
}

pub fn view(field: &Field) -> Html {
    let items = match &field.row.value {
        Some(Value::Array(items)) => items.as_slice(),
        Some(other) => std::slice::from_ref(other),
        None => &[],
    };
    let is_list = matches!(field.row.value, Some(Value::Array(_)) | None);
    let words = field.desk.words;
    let path = &field.row.path;
    let read = reader(&field.row.shape);
    let item_of = |index: usize| if is_list { at(path, index) } else { path.clone() };
    let id_of = |index: usize| ids::id(ids::CONTROL, &at(path, index));
    let add = adding(field.desk, path, items.len(), read(""));
    html! {
        <div class="pane-strings" role="group" aria-labelledby={field.label()}>
            { for items.iter().enumerate().map(|(index, item)| {
                let value = plain(item);
                let oninput = {
                    let (desk, path) = (field.desk.clone(), item_of(index));
                    // Emptied, it is an empty item: somebody is about to type another.
                    Callback::from(move |typed: String| Some(desk.write(&path, Some(read(&typed)))))
                };
                let keys = {
                    let (desk, path, add) = (field.desk.clone(), item_of(index), add.clone());
                    let (empty, before) = (value.is_empty(), id_of(index.saturating_sub(1)));
                    Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
                        "Enter" if !event.shift_key() => {
                            event.prevent_default();
                            add.emit(());
                        }
                        "Backspace" if empty => {
                            event.prevent_default();
                            desk.clear(&path);
                            reveal::focus_id(&before);
                        }
                        _ => {}
                    })
                };
                let n = index + 1;
                html! {
                    <div class="pane-strings__item" key={index}>
                        <Input
                            id={id_of(index)}
                            lines={value.contains('\n')}
                            {value}
                            name={words.say(&crate::i18n::Message::new(id::PANE_ITEM).with("name", field.name().to_string()).with("number", n.to_string()))}
                            described={field.described.clone()}
                            bad={field.bad}
                            {oninput}
                            onkeydown={keys}
                        />
                        <Button
                            look={Look::Plain}
                            sign={Sign::Close}
                            name={words.with(id::PANE_REMOVE_ITEM, "number", n.to_string())}
                            onclick={field.desk.clearing(&item_of(index))}
                        />
                    </div>
                }
            }) }
            <button
                type="button"
                id={field.id()}
                class="pf-v6-c-button pf-m-link pf-m-inline pane-add"
                onclick={move |_| add.emit(())}
            >
                <span class="pf-v6-c-button__icon"><Icon sign={Sign::Plus} /></span>
                <span class="pf-v6-c-button__text">{ words.of(id::PANE_ADD_ITEM) }</span>
            </button>
        </div>
    }
}

/// Adds an item, and gives it the keyboard.
fn adding(desk: &Desk, path: &Path, count: usize, value: Value) -> Callback<()> {
    let (desk, path) = (desk.clone(), path.clone());
    Callback::from(move |()| {
        desk.want(at(&path, count));
        desk.edit(FormEdit::Append { path: path.clone(), value: value.clone() });
    })
}
