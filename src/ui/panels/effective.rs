use std::rc::Rc;

use yew::prelude::*;

use crate::form::FormEdit;
use crate::i18n::id;
use crate::studio::effective::{Effective, Filled, Stored, lines};
use crate::studio::{Action, DocRef};
use crate::ui::components::{Button, Look, Sign};
use crate::ui::store::{Part, use_part, use_store};
use crate::ui::words::use_words;

/// So many lines are shown at most; an object of more is read in a file.
const MOST_LINES: usize = 2000;

/// The selected document as the server would store it: what is not in the text is marked and explained, and can be
/// taken into it.
#[component]
pub fn EffectiveObject() -> Html {
    let words = use_words();
    let selected = use_part(|state| state.selected);
    let effective = use_part(|state| {
        let known = state.effective.as_ref()?;
        (state.selected == Some(known.at) && state.version == known.version).then(|| Part::of(known))
    });
    let hint = |text| html! { <p class="studio-hint">{ words.of(text) }</p> };
    let Some(effective) = effective else {
        return hint(if selected.is_some() { id::PANEL_EFFECTIVE_WAITING } else { id::PANEL_EFFECTIVE_EMPTY });
    };
    match &effective.stored {
        Stored::Refused => hint(id::PANEL_EFFECTIVE_REFUSED),
        Stored::Unknown => hint(id::PANEL_EFFECTIVE_UNKNOWN),
        Stored::Object { .. } => html! { <Object effective={effective.0.clone()} /> },
    }
}

#[derive(Properties, PartialEq)]
struct ObjectProps {
    effective: Rc<Effective>,
}

#[component]
fn Object(props: &ObjectProps) -> Html {
    let store = use_store();
    let words = use_words();
    let Stored::Object { object, filled } = &props.effective.stored else { return Html::default() };
    let all = lines(object, filled);
    let at = props.effective.at;
    let count = filled.len();
    html! {
        <div class="studio-effective">
            <p class="studio-hint">{ words.with(id::PANEL_EFFECTIVE_COUNT, "n", count) }</p>
            <ol class="studio-effective__lines">
                { for all.iter().take(MOST_LINES).map(|line| {
                    let fill = line.filled.and_then(|n| filled.get(n));
                    html! {
                        <li class={classes!("studio-effective__line", fill.is_some().then_some("studio-effective__line--filled"))}>
                            <code class="studio-effective__text">{ line.text.clone() }</code>
                            if let Some(fill) = fill.filter(|_| line.begins) {
                                <span class="studio-effective__why">{ fill.why.as_ref().map(|why| words.say(why)) }</span>
                                if fill.can_be_written {
                                    <Button small=true look={Look::Plain} sign={Sign::Plus}
                                        name={words.with(id::PANEL_EFFECTIVE_TAKE, "key", called(fill))}
                                        onclick={store.does(take(at, fill))} />
                                }
                            }
                        </li>
                    }
                }) }
            </ol>
            if all.len() > MOST_LINES {
                <p class="studio-hint">{ words.of(id::PANEL_EFFECTIVE_MORE) }</p>
            }
        </div>
    }
}

/// The field's name.
fn called(fill: &Filled) -> String {
    super::notation(&fill.path).to_string()
}

/// Writes it into the text.
fn take(at: DocRef, fill: &Filled) -> Action {
    Action::Form(at, FormEdit::Set { path: fill.path.clone(), value: fill.value.clone() })
}
