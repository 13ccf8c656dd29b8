//! One of a list, with what each choice means.

use yew::prelude::*;

use super::Field;
use super::controls::{Select, SelectOption};
use crate::form::Editor;
use crate::i18n::id;

pub fn view(field: &Field) -> Html {
    let choices = match &field.row.editor {
        Editor::Enum(choices) => &choices[..],
        _ => &[],
    };
    let words = field.desk.words;
    let value = field.text();
    let meaning = |value: &str| choices.iter().find(|c| c.value == value).and_then(|c| c.meaning).map(|m| words.of(m));
    let mut options = Vec::with_capacity(choices.len() + 2);
    // Also for what is required: nothing was chosen yet, or it is taken away again.
    options.push(SelectOption {
        value: AttrValue::from(""),
        label: match (&field.row.default, field.row.required) {
            (Some(default), _) => words.with(id::PANE_UNSET_DEFAULT, "value", words.label(default).to_string()),
            (None, true) => words.of(id::PANE_CHOOSE),
            (None, false) => words.of(id::PANE_UNSET),
        },
    });
    options.extend(choices.iter().filter(|c| !c.value.is_empty()).map(|choice| SelectOption {
        value: choice.value.clone().into(),
        label: match choice.meaning {
            // What the chosen one means stands below.
            Some(meaning) if choice.value != value.as_str() => {
                [choice.value.as_str(), " – ", words.of(meaning).as_str()].concat().into()
            }
            _ => choice.value.clone().into(),
        },
    }));
    if !value.is_empty() && choices.iter().all(|c| c.value != value.as_str()) {
        options.push(SelectOption { value: value.clone(), label: value.clone() });
    }
    let onchange = {
        let write = field.writing(super::string);
        Callback::from(move |value: String| {
            write.emit(value);
        })
    };
    html! {
        <>
            <Select id={field.id()} value={value.clone()} {options} described={field.described.clone()} bad={field.bad} {onchange} />
            if let Some(meaning) = meaning(&value).filter(|_| !value.is_empty()) {
                <span class="pane-hint pane-hint--below">{ meaning }</span>
            }
        </>
    }
}
