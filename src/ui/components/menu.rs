use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};
use yew::prelude::*;

use super::icon::{Icon, Sign};
use crate::platform::page;

/// One line of a menu.
#[derive(Clone, PartialEq)]
pub struct Choice {
    pub label: AttrValue,
    /// In smaller letters below it.
    pub detail: Option<AttrValue>,
    /// For a menu that chooses one of several: whether it is this one.
    pub chosen: Option<bool>,
    pub disabled: bool,
    pub danger: bool,
    pub onclick: Callback<()>,
}

impl Choice {
    pub fn new(label: impl Into<AttrValue>, onclick: Callback<()>) -> Choice {
        Choice { label: label.into(), detail: None, chosen: None, disabled: false, danger: false, onclick }
    }

    pub fn chosen(mut self, chosen: bool) -> Choice {
        self.chosen = Some(chosen);
        self
    }

    pub fn disabled(mut self, disabled: bool) -> Choice {
        self.disabled = disabled;
        self
    }

    pub fn danger(mut self) -> Choice {
        self.danger = true;
        self
    }

    pub fn detail(mut self, detail: impl Into<AttrValue>) -> Choice {
        self.detail = Some(detail.into());
        self
    }
}

#[derive(Properties, PartialEq)]
pub struct MenuProps {
    /// What stands on the button; left out for a sign alone.
    #[prop_or_default]
    pub label: Option<Html>,
    /// What is read aloud.
    pub name: AttrValue,
    #[prop_or_default]
    pub sign: Option<Sign>,
    /// The lines; asked for when the menu opens, so that closed menus cost nothing.
    pub choices: Callback<(), Vec<Choice>>,
    /// Opens to the left of the button's right edge.
    #[prop_or_default]
    pub to_left: bool,
    /// Tab goes past it: one of many like it, of which only one is in the way.
    #[prop_or_default]
    pub skipped: bool,
    #[prop_or_default]
    pub class: Classes,
}

/// A button that opens a list of things to choose or do. Arrow keys move, letters find, Escape closes and
/// gives the focus back.
#[component]
pub fn Menu(props: &MenuProps) -> Html {
    let open = use_state_eq(|| false);
    let root = use_node_ref();

    use_effect_with(*open, {
        let root = root.clone();
        move |&open| {
            if open {
                focus_item(&root, |items| items.iter().position(is_chosen).unwrap_or(0));
            }
        }
    });

    let toggle = {
        let open = open.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            open.set(!*open);
        })
    };
    let close = {
        let (open, root) = (open.clone(), root.clone());
        move || {
            open.set(false);
            if let Some(button) = root.cast::<Element>().and_then(|r| r.query_selector("button").ok().flatten()) {
                page::focus(&button);
            }
        }
    };
    let onkeydown = {
        let (open, root, close) = (open.clone(), root.clone(), close.clone());
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if !*open {
                if key == "ArrowDown" || key == "ArrowUp" {
                    event.prevent_default();
                    open.set(true);
                }
                return;
            }
            let handled = match key.as_str() {
                "Escape" => {
                    close();
                    true
                }
                "ArrowDown" => focus_item(&root, |items| at(items).map_or(0, |i| (i + 1) % items.len())),
                "ArrowUp" => focus_item(&root, |items| at(items).map_or(0, |i| (i + items.len() - 1) % items.len())),
                "Home" => focus_item(&root, |_| 0),
                "End" => focus_item(&root, |items| items.len() - 1),
                letter if letter.chars().count() == 1 && letter != " " => focus_item(&root, |items| {
                    let from = at(items).map_or(0, |i| i + 1);
                    (0..items.len())
                        .map(|i| (from + i) % items.len())
                        .find(|&i| begins(&items[i], letter))
                        .unwrap_or(from.saturating_sub(1))
                }),
                _ => false,
            };
            if handled {
                event.prevent_default();
                event.stop_propagation();
            }
        })
    };
    let onfocusout = {
        let (open, root) = (open.clone(), root.clone());
        Callback::from(move |event: FocusEvent| {
            let to = event.related_target().and_then(|t| t.dyn_into::<Node>().ok());
            let inside = root.cast::<Node>().is_some_and(|r| r.contains(to.as_ref()) && to.is_some());
            if !inside {
                open.set(false);
            }
        })
    };

    html! {
        <div class={classes!("studio-menu", props.class.clone())} ref={root} {onkeydown} {onfocusout}>
            <button
                type="button"
                class={classes!("pf-v6-c-button", if props.label.is_some() { "studio-pill" } else { "pf-m-plain" })}
                tabindex={props.skipped.then_some("-1")}
                aria-haspopup="menu"
                aria-expanded={if *open { "true" } else { "false" }}
                aria-label={props.name.clone()}
                title={props.label.is_none().then(|| props.name.clone())}
                onclick={toggle}
            >
                if let Some(sign) = props.sign {
                    <span class="pf-v6-c-button__icon"><Icon {sign} /></span>
                }
                if let Some(label) = &props.label {
                    <span class="pf-v6-c-button__text">{ label.clone() }</span>
                    <span class="pf-v6-c-button__icon"><Icon sign={Sign::Down} /></span>
                }
            </button>
            if *open {
                <div class={classes!("pf-v6-c-menu", "studio-menu__list", props.to_left.then_some("studio-menu__list--left"))}>
                    <ul class="pf-v6-c-menu__list" role="menu" aria-label={props.name.clone()}>
                        { for props.choices.emit(()).into_iter().map(|choice| line(choice, &close)) }
                    </ul>
                </div>
            }
        </div>
    }
}

fn line(choice: Choice, close: &(impl Fn() + Clone + 'static)) -> Html {
    let Choice { label, detail, chosen, disabled, danger, onclick } = choice;
    let close = close.clone();
    let onclick = Callback::from(move |event: MouseEvent| {
        event.stop_propagation();
        // First: what is chosen may put the focus elsewhere.
        close();
        onclick.emit(());
    });
    html! {
        <li class={classes!("pf-v6-c-menu__list-item", danger.then_some("pf-m-danger"), disabled.then_some("pf-m-disabled"))} role="none">
            <button
                type="button"
                class="pf-v6-c-menu__item"
                role={if chosen.is_some() { "menuitemradio" } else { "menuitem" }}
                aria-checked={chosen.map(|on| if on { "true" } else { "false" })}
                tabindex="-1"
                {disabled}
                {onclick}
            >
                <span class="pf-v6-c-menu__item-main">
                    <span class="pf-v6-c-menu__item-text">{ label }</span>
                    if chosen == Some(true) {
                        <span class="pf-v6-c-menu__item-select-icon"><Icon sign={Sign::Good} /></span>
                    }
                </span>
                if let Some(detail) = detail {
                    <span class="pf-v6-c-menu__item-description">{ detail }</span>
                }
            </button>
        </li>
    }
}

fn items(root: &NodeRef) -> Vec<HtmlElement> {
    let Some(root) = root.cast::<Element>() else { return Vec::new() };
    let Ok(found) = root.query_selector_all("[role^=menuitem]:not([disabled])") else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

/// Gives the focus to the item that `which` names; whether there are items.
fn focus_item(root: &NodeRef, which: impl FnOnce(&[HtmlElement]) -> usize) -> bool {
    let items = items(root);
    if items.is_empty() {
        return false;
    }
    if let Some(item) = items.get(which(&items)) {
        page::focus(item);
    }
    true
}

fn at(items: &[HtmlElement]) -> Option<usize> {
    let focused = page::focused()?;
    items.iter().position(|item| *item == focused)
}

fn begins(item: &HtmlElement, letter: &str) -> bool {
    let text = item.text_content().unwrap_or_default().to_lowercase();
    text.starts_with(&letter.to_lowercase())
}

fn is_chosen(item: &HtmlElement) -> bool {
    item.get_attribute("aria-checked").as_deref() == Some("true")
}
