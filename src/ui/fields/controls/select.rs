use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A line of a select.
#[derive(Clone, PartialEq)]
pub struct SelectOption {
    pub value: AttrValue,
    pub label: AttrValue,
}

#[derive(Properties, PartialEq)]
pub struct SelectProps {
    pub id: AttrValue,
    /// The chosen option's value.
    pub value: AttrValue,
    pub options: Vec<SelectOption>,
    #[prop_or_default]
    pub labelled: Option<AttrValue>,
    #[prop_or_default]
    pub name: Option<AttrValue>,
    #[prop_or_default]
    pub described: Option<AttrValue>,
    #[prop_or_default]
    pub bad: bool,
    #[prop_or_default]
    pub class: Classes,
    pub onchange: Callback<String>,
}

/// The browser's own list to choose from; the owner has the value.
#[component]
pub fn Select(props: &SelectProps) -> Html {
    let select = use_node_ref();
    // `selected` on an option is but the start: what the person chose, and an undo, need the property.
    use_effect({
        let (select, value) = (select.clone(), props.value.clone());
        move || {
            if let Some(select) = select.cast::<HtmlSelectElement>()
                && select.value() != value.as_str()
            {
                select.set_value(&value);
            }
        }
    });
    let onchange = props.onchange.reform(|event: Event| event.target_unchecked_into::<HtmlSelectElement>().value());
    html! {
        <span class={classes!("pf-v6-c-form-control", props.bad.then_some("pf-m-error"), "pane-input", props.class.clone())}>
            <select
                ref={select}
                id={props.id.clone()}
                aria-labelledby={props.labelled.clone()}
                aria-label={props.name.clone()}
                aria-describedby={props.described.clone()}
                aria-invalid={props.bad.then_some("true")}
                {onchange}
            >
                { for props.options.iter().map(|option| html! {
                    <option value={option.value.clone()} selected={option.value == props.value}>{ option.label.clone() }</option>
                }) }
            </select>
            <span class="pf-v6-c-form-control__utilities pane-input__toggle" aria-hidden="true"></span>
        </span>
    }
}
