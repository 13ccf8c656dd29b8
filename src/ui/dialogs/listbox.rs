use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::platform::page;
use crate::ui::components::KindBadge;

/// One thing to choose.
#[derive(Clone, PartialEq)]
pub struct Item {
    /// What is searched in and shown.
    pub label: AttrValue,
    /// Beside it, quieter; searched in as well.
    pub detail: AttrValue,
    /// Keys that do the same.
    pub keys: AttrValue,
    /// Its kinds, as badges.
    pub kinds: Vec<AttrValue>,
    pub onchoose: Callback<()>,
}

#[derive(Properties, PartialEq)]
pub struct SearchListProps {
    pub label: AttrValue,
    /// Said when nothing fits.
    pub none: AttrValue,
    pub items: Vec<Item>,
}

/// As many as are rendered.
const SHOWN: usize = 60;

/// A search field with what it finds below it: arrow keys move, Enter chooses.
#[component]
pub fn SearchList(props: &SearchListProps) -> Html {
    let query = use_state_eq(String::new);
    let at = use_state_eq(|| 0usize);
    let list = use_node_ref();
    let found: Vec<&Item> = ranked(&props.items, &query);
    let last = found.len().saturating_sub(1);
    let active = (*at).min(last);
    let oninput = {
        let (query, at) = (query.clone(), at.clone());
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target().and_then(|t| t.dyn_into::<HtmlInputElement>().ok()) {
                at.set(0);
                query.set(input.value());
            }
        })
    };
    let onkeydown = {
        let at = at.clone();
        let chosen = found.get(active).map(|item| item.onchoose.clone());
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => at.set((active + 1).min(last)),
                "ArrowUp" => at.set(active.saturating_sub(1)),
                "Enter" if !event.is_composing() => {
                    if let Some(chosen) = &chosen {
                        chosen.emit(());
                    }
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    use_effect_with((active, (*query).clone()), {
        let list = list.clone();
        move |_| {
            let chosen = list.cast::<web_sys::Element>();
            if let Some(chosen) = chosen.and_then(|l| l.query_selector("[aria-selected=true]").ok().flatten()) {
                page::reveal(&chosen);
            }
        }
    });
    html! {
        <div class="studio-search-list">
            <span class="pf-v6-c-form-control">
                <input type="text" role="combobox" aria-expanded="true" aria-controls="studio-found" aria-autocomplete="list"
                    aria-activedescendant={(!found.is_empty()).then(|| option_id(active))}
                    aria-label={props.label.clone()} placeholder={props.label.clone()} autofocus=true autocomplete="off" spellcheck="false"
                    value={(*query).clone()} {oninput} {onkeydown} />
            </span>
            if found.is_empty() {
                <p class="studio-hint" role="status">{ props.none.clone() }</p>
            }
            <ul class="studio-found" id="studio-found" role="listbox" aria-label={props.label.clone()} ref={list}>
                { for found.iter().enumerate().map(|(number, item)| {
                    let onchoose = item.onchoose.clone();
                    html! {
                        <li class={classes!("studio-found__item", (number == active).then_some("studio-found__item--active"))}
                            role="option" id={option_id(number)} aria-selected={if number == active { "true" } else { "false" }}
                            onclick={Callback::from(move |_| onchoose.emit(()))}>
                            { for item.kinds.iter().map(|kind| html! { <KindBadge kind={kind.clone()} /> }) }
                            <span class="studio-found__label">{ item.label.clone() }</span>
                            <span class="studio-found__detail">{ item.detail.clone() }</span>
                            if !item.keys.is_empty() {
                                <kbd>{ item.keys.clone() }</kbd>
                            }
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}

fn option_id(number: usize) -> String {
    ["studio-found-", &number.to_string()].concat()
}

/// Those in which every word of the query occurs: first where the label begins with it, then where a word of it
/// does, then the rest, each in the given order.
fn ranked<'a>(items: &'a [Item], query: &str) -> Vec<&'a Item> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return items.iter().take(SHOWN).collect();
    }
    let mut found: Vec<(u8, &Item)> = items
        .iter()
        .filter_map(|item| {
            let label = item.label.to_lowercase();
            let detail = item.detail.to_lowercase();
            if !query.split_whitespace().all(|word| label.contains(word) || detail.contains(word)) {
                return None;
            }
            let rank = if label.starts_with(&query) {
                0
            } else if label.split_whitespace().any(|word| word.starts_with(&query)) {
                1
            } else {
                2
            };
            Some((rank, item))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().take(SHOWN).map(|(_, item)| item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: &'static str, detail: &'static str) -> Item {
        let none = AttrValue::default();
        Item { label: label.into(), detail: detail.into(), keys: none, kinds: Vec::new(), onchoose: Callback::noop() }
    }

    #[test]
    fn what_begins_with_the_query_comes_first() {
        let items = [item("ReplicaSet", "apps/v1"), item("A set", ""), item("Set version", ""), item("Pod", "v1")];
        let labels = |query| ranked(&items, query).iter().map(|i| i.label.to_string()).collect::<Vec<_>>();
        assert_eq!(labels("set"), ["Set version", "A set", "ReplicaSet"]);
        assert_eq!(labels("apps replica"), ["ReplicaSet"]);
        assert_eq!(labels(" "), ["ReplicaSet", "A set", "Set version", "Pod"]);
        assert!(labels("nothing").is_empty());
    }
}
