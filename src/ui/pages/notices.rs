use yew::prelude::*;

use crate::check::Severity;
use crate::i18n::id;
use crate::platform::page;
use crate::studio::{Action, Effect, Notice};
use crate::ui::components::{Button, Icon, Look, Sign};
use crate::ui::store::{Part, use_effects_of_state, use_part, use_store};
use crate::ui::words::use_words;

/// How long a passing notice stays, in milliseconds.
const PASSES_AFTER: i32 = 6_000;

/// What is to be said, one above the other, in a corner.
#[component]
pub fn Notices() -> Html {
    let words = use_words();
    let notices = use_part(|state| Part::of(&state.notices));
    html! {
        <div class="studio-notices" role="region" aria-live="polite" aria-label={words.of(id::UI_NOTICES)}>
            { for notices.iter().map(|notice| html! { <Toast key={notice.id} notice={notice.clone()} /> }) }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ToastProps {
    notice: Notice,
}

#[component]
fn Toast(props: &ToastProps) -> Html {
    let store = use_store();
    let words = use_words();
    let Notice { id: number, severity, message, ways, passing } = &props.notice;
    use_effect_with((*number, *passing), {
        let store = store.clone();
        move |&(number, passing)| {
            let timer = passing.then(|| page::later(PASSES_AFTER, move || store.dispatch(Action::Dismiss(number))));
            move || {
                if let Some(timer) = timer {
                    page::never(timer);
                }
            }
        }
    });
    let (class, sign) = match severity {
        Severity::Error => ("pf-m-danger", Sign::Error),
        Severity::Warning => ("pf-m-warning", Sign::Warning),
        Severity::Info => ("pf-m-info", Sign::Info),
    };
    let number = *number;
    html! {
        <div class={classes!("pf-v6-c-alert", "studio-toast", class)}>
            <div class="pf-v6-c-alert__icon"><Icon {sign} /></div>
            <p class="pf-v6-c-alert__title">{ words.say(message) }</p>
            <div class="pf-v6-c-alert__action">
                <Button look={Look::Plain} sign={Sign::Close} name={words.of(id::UI_DISMISS)} onclick={store.does(Action::Dismiss(number))} />
            </div>
            if !ways.is_empty() {
                <div class="pf-v6-c-alert__action-group">
                    { for ways.iter().map(|(name, action)| {
                        let (store, action) = (store.clone(), action.clone());
                        let onclick = Callback::from(move |_| {
                            store.dispatch(Action::Dismiss(number));
                            store.dispatch(action.clone());
                        });
                        html! { <Button look={Look::Link} small=true label={words.of(*name)} {onclick} /> }
                    }) }
                </div>
            }
        </div>
    }
}

/// Says things to those who hear the page.
#[component]
pub fn Announcer() -> Html {
    let words = use_words();
    let said = use_state_eq(|| AttrValue::from(""));
    // The same words twice are heard twice only when the text differs.
    let odd = use_mut_ref(|| false);
    use_effects_of_state({
        let said = said.clone();
        move |effect, _| {
            if let Effect::Announce(message) = effect {
                let mut text = words.say(message).to_string();
                let mut odd = odd.borrow_mut();
                *odd = !*odd;
                if *odd {
                    text.push('\u{a0}');
                }
                said.set(AttrValue::from(text));
            }
        }
    });
    html! { <div class="studio-unseen" role="status" aria-live="polite">{ (*said).clone() }</div> }
}
