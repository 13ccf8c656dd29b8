//! Requests and limits: a line for each resource.

use std::collections::BTreeSet;

use serde_json::Value;
use yew::prelude::*;

use super::controls::Input;
use super::{Field, quantity, string};
use crate::i18n::{Message, id};
use crate::ui::form::desk::{at, plain};
use crate::ui::form::ids;
use crate::ui::form::row::RowView;

/// Shown even while nothing is asked for.
const ALWAYS: [&str; 2] = ["cpu", "memory"];
/// Offered beside them.
const MORE: [&str; 3] = ["ephemeral-storage", "hugepages-2Mi", "nvidia.com/gpu"];

pub fn view(field: &Field) -> Html {
    let words = field.desk.words;
    let value = field.row.value.as_ref();
    let of = |side: &str| value.and_then(|v| v.get(side)).and_then(Value::as_object);
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for side in ["requests", "limits"] {
        names.extend(of(side).into_iter().flat_map(|map| map.keys().map(String::as_str)));
    }
    let others: Vec<&str> = names.iter().copied().filter(|name| !ALWAYS.contains(name)).collect();
    // A claim for storage has no CPU.
    let always = ALWAYS.iter().copied().filter(|name| names.contains(name) || !names.contains("storage"));
    let rows = field.row.rows();
    let cell = |name: &str, side: &'static str| {
        let path = at(&at(&field.row.path, side), name);
        let text = of(side).and_then(|map| map.get(name)).map(plain).unwrap_or_default();
        let list = AttrValue::from([ids::id(ids::CONTROL, &path).as_str(), "-units"].concat());
        let side_row = rows.iter().find(|row| row.path.last() == path.get(path.len() - 2));
        let bad = side_row.is_some_and(|row| row.findings_here().any(|(_, f)| f.path == path))
            || field.row.findings_here().any(|(_, f)| f.path.starts_with(&path));
        let title = if side == "requests" { id::PANE_REQUEST } else { id::PANE_LIMIT };
        let (desk, written) = (field.desk.clone(), path.clone());
        let oninput = Callback::from(move |typed: String| {
            Some(desk.write(&written, (!typed.is_empty()).then(|| string(&typed))))
        });
        let entered = {
            let (desk, path) = (field.desk.clone(), path.clone());
            Callback::from(move |event: FocusEvent| {
                event.stop_propagation();
                desk.entered(&path);
            })
        };
        html! {
            <td onfocusin={entered}>
                <Input
                    id={ids::id(ids::CONTROL, &path)}
                    value={text.clone()}
                    name={words.say(&Message::new(title).with("name", name))}
                    class="pane-input--medium"
                    list={list.clone()}
                    described={field.described.clone()}
                    {bad}
                    {oninput}
                />
                { quantity::units(&list, &text) }
            </td>
        }
    };
    let line = |name: &str| {
        html! {
            <tr key={name.to_owned()}>
                <th scope="row"><code>{ name.to_owned() }</code></th>
                { cell(name, "requests") }
                { cell(name, "limits") }
            </tr>
        }
    };
    let add = {
        let (desk, path) = (field.desk.clone(), at(&field.row.path, "limits"));
        move |name: &'static str| {
            let (desk, path) = (desk.clone(), at(&path, name));
            Callback::from(move |_: MouseEvent| {
                desk.want(path.clone());
                desk.set(&path, string("1"));
            })
        }
    };
    html! {
        <div class="pane-resources">
            <table aria-labelledby={field.label()}>
                <thead><tr>
                    <th scope="col">{ words.of(id::PANE_RESOURCE) }</th>
                    <th scope="col">{ words.of(id::PANE_REQUESTS) }</th>
                    <th scope="col">{ words.of(id::PANE_LIMITS) }</th>
                </tr></thead>
                <tbody>
                    { for always.map(line) }
                    { for others.iter().copied().map(line) }
                </tbody>
            </table>
            <div class="pane-adds">
                { for MORE.iter().copied().filter(|name| !names.contains(name) && !names.contains("storage")).map(|name| html! {
                    <button type="button" class="pf-v6-c-button pf-m-link pf-m-inline" onclick={add(name)}>
                        { words.with(id::PANE_ADD_NAMED, "name", name) }
                    </button>
                }) }
            </div>
            // What the table cannot show: claims, and a side that is no map.
            { for rows.iter().filter(|row| match row.path.last() {
                Some(crate::yaml::Step::Key(key)) if key == "requests" || key == "limits" => {
                    row.value.as_ref().is_some_and(|v| !v.is_object())
                }
                _ => true,
            }).map(|row| html! { <RowView row={row.clone()} spot={field.spot.filter(|s| s.is_in(&row.path)).cloned()} depth={field.depth + 1} /> }) }
        </div>
    }
}
