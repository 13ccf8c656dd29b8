//! Several of a list: a box to tick for each, with what it means.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Field, string};
use crate::form::editors::choices;
use crate::form::{Editor, FormEdit};
use crate::ui::form::desk::at;

pub fn view(field: &Field) -> Html {
    let options = match &field.row.editor {
        Editor::Choices(options) => &options[..],
        _ => &[],
    };
    // What is no list of texts is not taken apart.
    let Some(boxes) = choices::boxes(field.row.value.as_ref(), options) else { return super::raw::view(field) };
    let words = field.desk.words;
    html! {
        <div class="pane-choices" role="group" aria-labelledby={field.label()} aria-describedby={field.described.clone()}
            aria-invalid={field.bad.then_some("true")}>
            { for boxes.into_iter().enumerate().map(|(number, choice)| {
                let (desk, path, value) = (field.desk.clone(), field.row.path.clone(), choice.value.to_owned());
                let (place, last) = (choice.place, choice.last);
                let onchange = Callback::from(move |event: Event| {
                    let ticked = event.target_unchecked_into::<HtmlInputElement>().checked();
                    match place {
                        None if ticked => desk.edit(FormEdit::Append { path: path.clone(), value: string(&value) }),
                        // With the last one the list goes.
                        Some(_) if !ticked && last => desk.clear(&path),
                        Some(place) if !ticked => desk.clear(&at(&path, place)),
                        _ => {}
                    }
                });
                let id = match number {
                    0 => field.id(),
                    n => AttrValue::from([field.id().as_str(), "-", &n.to_string()].concat()),
                };
                // Of some the value says it all.
                let meaning = choice.meaning.map(|m| words.of(m)).filter(|m| m.as_str() != choice.value);
                let about = AttrValue::from([id.as_str(), "-about"].concat());
                html! {
                    <div key={number} class="pane-choices__one">
                        <input type="checkbox" id={id.clone()} checked={place.is_some()} aria-describedby={meaning.as_ref().map(|_| about.clone())} {onchange} />
                        <label for={id}>{ choice.value.to_owned() }</label>
                        if let Some(meaning) = meaning {
                            <span class="pane-hint" id={about}>{ meaning }</span>
                        }
                    </div>
                }
            }) }
        </div>
    }
}
