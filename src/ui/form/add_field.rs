//! "Add field": every field that an object can have and does not have yet, found by name or documentation.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::desk::{Desk, use_desk};
use super::part::RowRef;
use super::{ids, reveal};
use crate::form::{Addable, Body, addable, search_addable};
use crate::i18n::{Message, id};
use crate::k8s::{Segment, Version};
use crate::schema::{Catalog, Field, Shape};
use crate::ui::components::{Icon, Sign};
use crate::yaml::{Document, Path, Step};

/// More than anybody reads; typing finds the rest.
const MOST: usize = 60;

#[derive(Properties, PartialEq)]
pub struct AddFieldProps {
    /// The objects that can have more fields.
    pub objects: Vec<Path>,
    /// An id that no other "Add field" is near.
    pub near: AttrValue,
    /// Less of a button, where many stand below each other.
    #[prop_or_default]
    pub quiet: bool,
}

#[component]
pub fn AddField(props: &AddFieldProps) -> Html {
    let desk = use_desk();
    let open = use_state_eq(|| false);
    let button = AttrValue::from([props.near.as_str(), "-add"].concat());
    use_effect({
        let desk = desk.clone();
        move || desk.go()
    });
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |back: bool| {
            open.set(false);
            if back {
                // The button is there again after the next render.
                let button = button.clone();
                crate::platform::page::later(0, move || reveal::focus_id(&button));
            }
        })
    };
    if *open {
        return html! { <Search objects={props.objects.clone()} near={props.near.clone()} {close} /> };
    }
    let onclick = {
        let desk = desk.clone();
        Callback::from(move |_: MouseEvent| {
            desk.ask_docs();
            open.set(true);
        })
    };
    html! {
        <div class="pane-adds">
            <button type="button" id={button} {onclick}
                class={classes!("pf-v6-c-button", "pf-m-small", "pane-add", if props.quiet { "pf-m-link" } else { "pf-m-secondary" })}>
                <span class="pf-v6-c-button__icon"><Icon sign={Sign::Plus} /></span>
                <span class="pf-v6-c-button__text">{ desk.words.of(id::PANE_ADD_FIELD) }</span>
            </button>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SearchProps {
    objects: Vec<Path>,
    near: AttrValue,
    /// Whether the keyboard goes back to the button.
    close: Callback<bool>,
}

/// The combobox: typing searches, arrow keys move, Enter adds, Escape closes.
#[component]
fn Search(props: &SearchProps) -> Html {
    let desk = use_desk();
    let query = use_state_eq(String::new);
    let active = use_state_eq(|| 0usize);
    let input = use_node_ref();
    use_effect_with((), {
        let input = input.clone();
        move |()| {
            if let Some(input) = input.cast::<web_sys::Element>() {
                crate::platform::page::focus(&input);
            }
        }
    });
    let list = AttrValue::from([props.near.as_str(), "-fields"].concat());
    let option = |index: usize| AttrValue::from([list.as_str(), "-", &index.to_string()].concat());
    use_effect_with((*active, query.len()), {
        let chosen = option(*active);
        move |_| {
            if let Some(element) = crate::platform::page::document().and_then(|d| d.get_element_by_id(&chosen)) {
                crate::platform::page::reveal(&element);
            }
        }
    });
    let words = desk.words;
    let all = offered(&desk, &props.objects);
    let docs = |key: &crate::form::DocsKey| desk.documentation(key);
    let found = search_addable(&all, &query, &docs, words.0);
    let count = found.len();
    let at = (*active).min(count.saturating_sub(1));
    let shown: Rc<Vec<Addable>> = Rc::new(found.into_iter().take(MOST).cloned().collect());
    let choose = {
        let (desk, close, shown) = (desk.clone(), props.close.clone(), shown.clone());
        Callback::from(move |index: usize| {
            let Some(field) = shown.get(index) else { return };
            desk.set_fold(&field.path, true);
            desk.want(field.path.clone());
            desk.set(&field.path, field.template.clone());
            close.emit(false);
        })
    };
    let oninput = {
        let (query, active) = (query.clone(), active.clone());
        Callback::from(move |event: InputEvent| {
            query.set(event.target_unchecked_into::<web_sys::HtmlInputElement>().value());
            active.set(0);
        })
    };
    let onkeydown = {
        let (active, choose, close, last) =
            (active.clone(), choose.clone(), props.close.clone(), shown.len().saturating_sub(1));
        Callback::from(move |event: KeyboardEvent| {
            match event.key().as_str() {
                "ArrowDown" => active.set(if at >= last { 0 } else { at + 1 }),
                "ArrowUp" => active.set(if at == 0 { last } else { at - 1 }),
                "PageDown" => active.set((at + 10).min(last)),
                "PageUp" => active.set(at.saturating_sub(10)),
                "Enter" => choose.emit(at),
                "Escape" => close.emit(true),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let onfocusout = {
        let close = props.close.clone();
        Callback::from(move |event: FocusEvent| {
            event.stop_propagation();
            let to = event.related_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
            let own = event.current_target().and_then(|t| t.dyn_into::<web_sys::Node>().ok());
            if !own.is_some_and(|own| to.is_some() && own.contains(to.as_ref())) {
                close.emit(false);
            }
        })
    };
    // The search is no field: the one in focus stays lit.
    let onfocusin = Callback::from(|event: FocusEvent| event.stop_propagation());
    html! {
        <div class="pane-search" {onfocusout} {onfocusin}>
            <span class="pf-v6-c-form-control pane-input">
                <input
                    ref={input}
                    type="text"
                    role="combobox"
                    aria-expanded="true"
                    aria-autocomplete="list"
                    aria-controls={list.clone()}
                    aria-activedescendant={(count > 0).then(|| option(at))}
                    aria-label={words.of(id::PANE_ADD_FIELD_SEARCH)}
                    placeholder={words.of(id::PANE_ADD_FIELD_SEARCH)}
                    autocomplete="off" autocapitalize="off" spellcheck="false"
                    value={(*query).clone()}
                    {oninput} {onkeydown}
                />
            </span>
            <span class="pane-hint" role="status">
                { if count > 0 {
                    words.say(&Message::new(id::PANE_ADD_FIELD_COUNT).with("n", count))
                } else {
                    words.with(id::PANE_ADD_FIELD_NONE, "query", query.as_str())
                } }
            </span>
            <ul class="pane-search__list" role="listbox" id={list.clone()} aria-label={words.of(id::PANE_ADD_FIELD)}>
                { for shown.iter().enumerate().map(|(index, field)| {
                    let choose = choose.clone();
                    // Before the focus leaves the input.
                    let onmousedown = Callback::from(move |event: MouseEvent| {
                        event.prevent_default();
                        choose.emit(index);
                    });
                    let about = desk.documentation(&field.docs).map(|text| first_sentence(&text));
                    html! {
                        <li key={index} id={option(index)} role="option" aria-selected={if index == at { "true" } else { "false" }}
                            class={classes!("pane-search__one", (index == at).then_some("pane-search__one--active"))} {onmousedown}>
                            <span class="pane-search__name">{ words.label(&field.label) }</span>
                            <code>{ if props.objects.len() > 1 { dotted(&field.path) } else { field.key.clone() } }</code>
                            <span class="pane-search__type">{ field.type_name.clone() }</span>
                            if let Some(about) = about {
                                <span class="pane-search__about">{ about }</span>
                            }
                        </li>
                    }
                }) }
            </ul>
        </div>
    }
}

fn offered(desk: &Desk, objects: &[Path]) -> Vec<Addable> {
    let now = desk.now();
    let (document, catalog) = (now.document.borrow().clone(), now.catalog.borrow().clone());
    let (Some(document), Some(catalog)) = (document, catalog) else { return Vec::new() };
    objects.iter().flat_map(|path| addable(&catalog, desk.version, &document, path)).collect()
}

/// Whether the object can have fields that no row stands for.
pub fn has_more(desk: &Desk, object: &[Step], rows: &[RowRef]) -> bool {
    let now = desk.now();
    let (document, catalog) = (now.document.borrow().clone(), now.catalog.borrow().clone());
    let (Some(document), Some(catalog)) = (document, catalog) else { return true };
    let fields = fields_of(&catalog, desk.version, &document, object);
    fields.is_some_and(|fields| {
        let shown = |name: &str| {
            rows.iter().any(|row| match (&row.body, row.path.get(object.len())) {
                (Body::Union { choices, .. }, _) => choices.iter().any(|c| c.key.split('.').next() == Some(name)),
                (_, Some(Step::Key(key))) => key == name,
                _ => false,
            })
        };
        fields.iter().any(|f| f.versions.has(desk.version) && !shown(&f.name))
    })
}

/// The fields of the type that stands at `path`.
fn fields_of<'c>(catalog: &'c Catalog, version: Version, document: &Document, path: &[Step]) -> Option<&'c [Field]> {
    let root = document.root()?;
    let kind = catalog.kind(root.get("apiVersion")?.as_str()?, root.get("kind")?.as_str()?)?;
    let segment = |step: &Step| match step {
        Step::Key(key) => Segment::Field(key.clone()),
        Step::Index(index) => Segment::Index(*index),
    };
    let segments: Vec<Segment> = path.iter().map(segment).collect();
    match catalog.shape_at(kind.ty, &segments, version)? {
        Shape::Object(ty) => Some(&catalog.ty(ty).fields),
        _ => None,
    }
}

fn first_sentence(text: &str) -> String {
    let end = text.find(". ").map_or(text.len(), |dot| dot + 1);
    text[..end].to_owned()
}

/// `spec.template.spec`
fn dotted(path: &[Step]) -> String {
    let steps: Vec<String> = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        })
        .collect();
    steps.join(".")
}

/// The objects that rows stand in, the document itself first.
pub fn objects_of<'r>(paths: impl Iterator<Item = &'r Path>) -> Vec<Path> {
    let mut objects = vec![Path::new()];
    for path in paths {
        let object = path.get(..path.len().saturating_sub(1)).unwrap_or_default();
        if !objects.iter().any(|o| o == object) {
            objects.push(object.to_vec());
        }
    }
    objects
}

/// Where an "Add field" of a whole section finds its name.
pub fn section_id(section: &str) -> AttrValue {
    AttrValue::from([ids::BODY, "-", section].concat())
}
