//! Keys and values: chips, one of them open for typing.

use serde_json::{Map, Value};
use yew::prelude::*;

use super::controls::Input;
use super::{Field, quantity, string};
use crate::form::FormEdit;
use crate::form::editors::table::{self, Table};
use crate::i18n::{Id, Message, id};
use crate::schema::Shape;
use crate::ui::components::{Button, Icon, Look, Sign};
use crate::ui::form::desk::{Desk, at, plain};
use crate::ui::form::offers::Before;
use crate::ui::form::part::RowRef;
use crate::ui::form::{ids, reveal};
use crate::yaml::Path;

pub fn view(field: &Field) -> Html {
    // What has another shape than a table is not taken apart.
    if matches!(&field.row.value, Some(value) if !value.is_object()) {
        return super::raw::view(field);
    }
    html! {
        <Entries
            desk={field.desk.clone()}
            row={field.row.clone()}
            bad={field.bad}
            described={field.described.clone()}
            spot={field.spot.map(|s| s.path.clone())}
        />
    }
}

#[derive(Properties, PartialEq)]
struct TableProps {
    desk: Desk,
    row: RowRef,
    bad: bool,
    described: Option<AttrValue>,
    spot: Option<Path>,
}

#[component]
fn Entries(props: &TableProps) -> Html {
    let TableProps { desk, row, bad, described, spot } = props;
    // The entry that is open, by its place: its key is what is being typed. Behind the last: a new one.
    let open = use_state_eq(|| None::<usize>);
    // Whether the open one is new.
    let fresh = use_mut_ref(|| false);
    let empty = Map::new();
    let entries = row.value.as_ref().and_then(Value::as_object).unwrap_or(&empty);
    let words = desk.words;
    let name = words.label(&row.label).to_string();
    let path = &row.path;
    // Where the keyboard goes when an entry is closed: its chip, or to the next new one.
    let close = {
        let (open, desk, path) = (open.clone(), desk.clone(), path.clone());
        let keys: Vec<String> = entries.keys().cloned().collect();
        let fresh = fresh.clone();
        Callback::from(move |()| {
            let chip = open.and_then(|at| keys.get(at)).filter(|_| !*fresh.borrow());
            desk.want(chip.map_or_else(|| path.clone(), |key| at(&path, key.as_str())));
            open.set(None);
        })
    };
    // The entry changed last, as it was: others can follow it.
    let before = use_state(|| None::<(Before, Option<usize>)>);
    use_effect({
        let desk = desk.clone();
        move || desk.go()
    });
    let add = {
        let (open, fresh, before) = (open.clone(), fresh.clone(), before.clone());
        let (count, desk, new) = (entries.len(), desk.clone(), at(path, ""));
        Callback::from(move |_: MouseEvent| {
            desk.want(new.clone());
            open.set(Some(count));
            *fresh.borrow_mut() = true;
            before.set(Some((Before::now(&desk, None), Some(count))));
        })
    };
    let chip = |index: usize, key: &str, value: &Value| {
        let entry = at(path, key);
        let opening = {
            let (open, fresh, before) = (open.clone(), fresh.clone(), before.clone());
            let (desk, entry) = (desk.clone(), entry.clone());
            let (key, value) = (key.to_owned(), value.clone());
            Callback::from(move |_: MouseEvent| {
                desk.want(entry.clone());
                open.set(Some(index));
                *fresh.borrow_mut() = false;
                before.set(Some((Before::now(&desk, Some((&key, &value))), Some(index))));
            })
        };
        let removing = {
            let (before, desk, clear) = (before.clone(), desk.clone(), desk.clearing(&entry));
            let (key, value, add) = (key.to_owned(), value.clone(), ids::id(ids::CONTROL, path));
            Callback::from(move |event: MouseEvent| {
                before.set(Some((Before::now(&desk, Some((&key, &value))), None)));
                clear.emit(event);
                reveal::focus_id(&add);
            })
        };
        let lit = spot.as_ref().is_some_and(|spot| spot.starts_with(&entry));
        html! {
            <li key={index} id={ids::id(ids::ROW, &entry)} class={classes!("pane-chip", lit.then_some("pane-chip--lit"))}>
                <button type="button" class="pane-chip__text" onclick={opening}
                    title={words.with(id::PANE_EDIT_ENTRY, "name", key)}>
                    <span class="pane-chip__key">{ key.to_owned() }</span>
                    <span class="pane-chip__is">{ "=" }</span>
                    <span>{ plain(value) }</span>
                </button>
                <Button look={Look::Plain} sign={Sign::Close} class="pane-chip__close"
                    name={words.with(id::PANE_REMOVE_ENTRY, "name", key)}
                    onclick={removing} />
            </li>
        }
    };
    let editor = |index: usize, entry: Option<(&String, &Value)>| {
        html! { <li key={index} class="pane-entry">{ entry_editor(props, &name, index, entry, &close) }</li> }
    };
    let follow = before.as_ref().map(|(was, index)| {
        let (before, close) = (before.clone(), close.clone());
        let done = Callback::from(move |()| {
            before.set(None);
            close.emit(());
        });
        let after = index.and_then(|i| entries.iter().nth(i)).map(|(key, value)| (key.as_str(), value));
        was.follow(desk, path, after, &done)
    });
    let last = (*open == Some(entries.len())).then(|| editor(entries.len(), None));
    html! {
        <div class="pane-table" role="group" aria-labelledby={ids::id(ids::LABEL, path)} aria-describedby={described.clone()}>
            <ul class="pane-chips" aria-invalid={bad.then_some("true")}>
                { for entries.iter().enumerate().map(|(index, (key, value))| match *open == Some(index) {
                    true => editor(index, Some((key, value))),
                    false => chip(index, key, value),
                }) }
                { last }
            </ul>
            <button type="button" class="pf-v6-c-button pf-m-secondary pf-m-small pane-add" id={ids::id(ids::CONTROL, path)} onclick={add}>
                <span class="pf-v6-c-button__icon"><Icon sign={Sign::Plus} /></span>
                <span class="pf-v6-c-button__text">{ words.of(one(path)) }</span>
            </button>
            { follow }
        </div>
    }
}

/// What one entry is called.
fn one(path: &Path) -> Id {
    match table::kind(path) {
        Table::Labels => id::FORM_ITEM_LABEL,
        Table::Annotations => id::FORM_ITEM_ANNOTATION,
        Table::Quantities | Table::Texts => id::PANE_ADD_ENTRY,
    }
}

/// Key and value of the open entry. The key of a new one is written as soon as it has a letter.
fn entry_editor(
    props: &TableProps,
    name: &str,
    index: usize,
    entry: Option<(&String, &Value)>,
    close: &Callback<()>,
) -> Html {
    let TableProps { desk, row, bad, .. } = props;
    let words = desk.words;
    let path = &row.path;
    let (key, value) = entry.map_or_else(Default::default, |(k, v)| (k.clone(), plain(v)));
    let amounts = matches!(&row.shape, Shape::Map(inner) if **inner == Shape::Quantity);
    let label = |id| words.say(&Message::new(id).with("name", name));
    let on_key = {
        let (desk, path) = (desk.clone(), path.clone());
        Callback::from(move |typed: String| {
            let taken = desk.keys(&path);
            // Not while it is another entry's key, which would be lost.
            if typed.is_empty() || taken.contains(&typed) {
                return None;
            }
            desk.edit(match taken.get(index) {
                Some(key) => FormEdit::Rename { path: at(&path, key.as_str()), key: typed.clone() },
                None => FormEdit::Set { path: at(&path, typed.as_str()), value: string("") },
            });
            Some(typed)
        })
    };
    let on_value = {
        let (desk, path) = (desk.clone(), path.clone());
        Callback::from(move |typed: String| {
            let key = desk.keys(&path).into_iter().nth(index)?;
            Some(desk.write(&at(&path, key.as_str()), Some(string(&typed))))
        })
    };
    let onkeydown = {
        let close = close.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" || event.key() == "Escape" {
                event.prevent_default();
                event.stop_propagation();
                close.emit(());
            }
        })
    };
    let value_id = AttrValue::from([ids::id(ids::CONTROL, path).as_str(), "-value"].concat());
    // Somebody who types `app=web` types it on in the value: no key has that sign.
    let on_key_down = {
        let (value_id, onkeydown) = (value_id.clone(), onkeydown.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "=" => {
                event.prevent_default();
                reveal::focus_id(&value_id);
            }
            _ => onkeydown.emit(event),
        })
    };
    let units = AttrValue::from([ids::id(ids::CONTROL, path).as_str(), "-units"].concat());
    html! {
        <>
            <Input id={ids::id(ids::CONTROL, &at(path, key.as_str()))} value={key.clone()} name={label(id::PANE_KEY)} class="pane-input--code"
                placeholder={words.of(id::PANE_KEY_SHORT)} bad={*bad} oninput={on_key} onkeydown={on_key_down} />
            <span class="pane-chip__is" aria-hidden="true">{ "=" }</span>
            <Input id={value_id} value={value.clone()} name={label(id::PANE_VALUE)} class="pane-input--code"
                lines={value.contains('\n')} list={amounts.then(|| units.clone())} placeholder={words.of(id::PANE_VALUE_SHORT)} bad={*bad} oninput={on_value} {onkeydown} />
            if amounts {
                { quantity::units(&units, &value) }
            }
            <Button look={Look::Plain} sign={Sign::Good} name={words.of(id::PANE_DONE)} onclick={close.reform(|_: MouseEvent| ())} />
        </>
    }
}
