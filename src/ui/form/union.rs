//! One of several fields: a choice.

use yew::prelude::*;

use super::desk::Desk;
use super::part::RowRef;
use crate::form::{self, Body};
use crate::i18n::id;
use crate::ui::fields::Field;
use crate::ui::fields::controls::{Select, SelectOption};

pub fn choice(field: &Field) -> Html {
    let Body::Union { choices, chosen, .. } = &field.row.body else { return Html::default() };
    let words = field.desk.words;
    let mut options = vec![SelectOption { value: AttrValue::from(""), label: words.of(id::PANE_CHOOSE) }];
    options.extend(
        choices
            .iter()
            .map(|choice| SelectOption { value: choice.key.clone().into(), label: words.label(&choice.label) }),
    );
    let value = chosen.and_then(|i| choices.get(i)).map_or(AttrValue::from(""), |c| c.key.clone().into());
    let onchange = {
        let (desk, row) = (field.desk.clone(), field.row.clone());
        Callback::from(move |key: String| {
            let Body::Union { choices, .. } = &row.body else { return };
            choose(&desk, &row, choices.iter().position(|c| c.key == key));
        })
    };
    html! {
        <Select id={field.id()} {value} {options} described={field.described.clone()} bad={field.bad} {onchange} />
    }
}

/// A callback that takes away what was chosen.
pub fn clearing(desk: &Desk, row: &RowRef) -> Callback<MouseEvent> {
    let (desk, row) = (desk.clone(), row.clone());
    Callback::from(move |_| choose(&desk, &row, None))
}

fn choose(desk: &Desk, row: &RowRef, choice: Option<usize>) {
    if let Some(edit) = form::choose(row, choice) {
        desk.edit(edit);
    }
}
