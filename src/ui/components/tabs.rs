use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::icon::Sign;
use super::menu::{Choice, Menu};
use crate::platform::page;

/// One tab.
#[derive(Clone, PartialEq)]
pub struct Tab {
    /// Unique among its siblings; the tab's element is `<prefix>-<id>`.
    pub id: AttrValue,
    pub label: AttrValue,
    /// A number behind the label, left out at 0.
    pub count: usize,
    /// Whether the number says that something is wrong.
    pub bad: bool,
}

impl Tab {
    pub fn new(id: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Tab {
        Tab { id: id.into(), label: label.into(), count: 0, bad: false }
    }

    pub fn count(mut self, count: usize, bad: bool) -> Tab {
        self.count = count;
        self.bad = bad;
        self
    }
}

#[derive(Properties, PartialEq)]
pub struct TabsProps {
    /// Begins the ids of the tabs' elements; unique on the page.
    pub prefix: &'static str,
    /// The id of the element that shows what the chosen tab stands for.
    #[prop_or_default]
    pub panel: Option<&'static str>,
    /// What the row of tabs is for.
    pub name: AttrValue,
    /// What the menu of those that do not fit is called.
    pub more: AttrValue,
    pub tabs: Vec<Tab>,
    /// The id of the one that is shown; owned by the caller.
    pub chosen: AttrValue,
    pub onchoose: Callback<AttrValue>,
}

/// A row of tabs. Arrow keys move among them; those that do not fit go into a menu.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let row = use_node_ref();
    let fit = use_state_eq(|| usize::MAX);

    let measure = {
        let (row, fit) = (row.clone(), fit.clone());
        move || {
            let Some(row) = row.cast::<HtmlElement>() else { return };
            // With the menu of those that did not fit, whose place would be theirs.
            let menu = row.next_element_sibling().and_then(|m| m.dyn_into::<HtmlElement>().ok());
            let menu = menu.map_or(0, |menu| menu.offset_width());
            let width = row.offset_width() + menu;
            if width == menu {
                return;
            }
            let tabs = tab_elements(&row);
            let ends: Vec<i32> = tabs.iter().map(|t| t.offset_left() + t.offset_width()).collect();
            let first = tabs.first().map_or(0, HtmlElement::offset_left);
            let all = ends.last().is_none_or(|end| end - first <= width);
            // Room for the menu's button.
            let room = width - 40;
            fit.set(if all { usize::MAX } else { ends.iter().filter(|end| **end - first <= room).count() });
        }
    };
    use_effect_with((props.tabs.clone(), row.clone()), {
        let measure = measure.clone();
        // When the browser lays the page out anyway, not while it is being made.
        move |_| page::before_paint(measure)
    });
    use_effect_with((), move |()| {
        let listening = page::on_window("resize", move |_| measure());
        move || drop(listening)
    });

    let onkeydown = {
        let row = row.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(row) = row.cast::<Element>() else { return };
            let tabs = tab_elements(&row);
            let Some(at) = page::focused().and_then(|f| tabs.iter().position(|t| *t == f)) else { return };
            let to = match event.key().as_str() {
                "ArrowRight" => (at + 1) % tabs.len(),
                "ArrowLeft" => (at + tabs.len() - 1) % tabs.len(),
                "Home" => 0,
                "End" => tabs.len() - 1,
                _ => return,
            };
            event.prevent_default();
            page::focus(&tabs[to]);
            tabs[to].click();
        })
    };
    let fits = *fit;
    let unseen = props.tabs.iter().position(|tab| tab.id == props.chosen).is_none_or(|at| at >= fits);
    let hidden: Vec<Tab> = props.tabs.iter().skip(fits).cloned().collect();
    let choices = {
        let (hidden, chosen, onchoose) = (hidden.clone(), props.chosen.clone(), props.onchoose.clone());
        Callback::from(move |()| {
            hidden
                .iter()
                .map(|tab| {
                    let (id, onchoose) = (tab.id.clone(), onchoose.clone());
                    Choice::new(tab.label.clone(), Callback::from(move |()| onchoose.emit(id.clone())))
                        .chosen(tab.id == chosen)
                })
                .collect()
        })
    };
    html! {
        <div class="studio-tabs">
            <div class="studio-tabs__row" role="tablist" aria-label={props.name.clone()} ref={row} {onkeydown}>
                { for props.tabs.iter().enumerate().map(|(at, tab)| {
                    // The chosen one may be in the menu: then the row is entered at its first.
                    let entry = if unseen { at == 0 } else { tab.id == props.chosen };
                    one(tab, at >= fits, entry, props)
                }) }
            </div>
            if !hidden.is_empty() {
                <Menu class="studio-tabs__more" name={props.more.clone()} sign={Sign::More} {choices} to_left=true />
            }
        </div>
    }
}

fn one(tab: &Tab, hidden: bool, entry: bool, props: &TabsProps) -> Html {
    let chosen = tab.id == props.chosen;
    let (id, onchoose) = (tab.id.clone(), props.onchoose.clone());
    html! {
        <button
            key={tab.id.to_string()}
            type="button"
            role="tab"
            id={[props.prefix, "-", &tab.id].concat()}
            class={classes!("studio-tab", chosen.then_some("studio-tab--chosen"), hidden.then_some("studio-tab--hidden"))}
            aria-selected={if chosen { "true" } else { "false" }}
            aria-controls={props.panel}
            // Read as "Problems 4", not as one word.
            aria-label={(tab.count > 0).then(|| [&tab.label, " ", &tab.count.to_string()].concat())}
            tabindex={if entry { "0" } else { "-1" }}
            onclick={Callback::from(move |_| onchoose.emit(id.clone()))}
        >
            { tab.label.clone() }
            if tab.count > 0 {
                <span class={classes!("studio-tab__count", tab.bad.then_some("studio-bad"))}>{ tab.count }</span>
            }
        </button>
    }
}

fn tab_elements(row: &Element) -> Vec<HtmlElement> {
    let Ok(found) = row.query_selector_all("[role=tab]") else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}
