use yew::prelude::*;

use crate::i18n::{Message, id};
use crate::studio::server::{Exchange, Outcome, Verb};
use crate::studio::{Action, DocRef};
use crate::ui::components::{Button, Icon, KindBadge, Look, Sign};
use crate::ui::pages::{kind_of, name_of};
use crate::ui::store::{Part, Store, use_part, use_store};
use crate::ui::words::{Words, use_words};

/// What was sent and answered, by document.
#[component]
pub fn Exchanges() -> Html {
    let words = use_words();
    let server = use_part(|state| Part::of(&state.server));
    if server.exchanges.is_empty() {
        return html! { <p class="studio-hint">{ words.of(id::PANEL_SEND_EMPTY) }</p> };
    }
    html! {
        <ul class="studio-list" aria-label={words.of(id::PANEL_ANSWERS)} aria-live="polite">
            { for server.exchanges.iter().map(|(at, exchange)| html! {
                <Line key={[at.file.0, at.doc.0].map(|n| n.to_string()).join("-")} at={*at} exchange={Part::of(exchange)} />
            }) }
        </ul>
    }
}

#[derive(Properties, PartialEq)]
struct LineProps {
    at: DocRef,
    exchange: Part<Exchange>,
}

#[component]
fn Line(props: &LineProps) -> Html {
    let store = use_store();
    let words = use_words();
    let at = props.at;
    let summary = use_part(move |state| state.index.document(at).map(Part::of));
    let Some(summary) = summary else { return Html::default() };
    let verb = words.of(match props.exchange.verb {
        Verb::DryRun => id::PANEL_DRY_RUN,
        Verb::Apply => id::PANEL_APPLY,
        Verb::Delete => id::PANEL_DELETE,
        Verb::Live => id::PANEL_LIVE,
    });
    let (class, sign) = match &props.exchange.outcome {
        Outcome::Waiting => ("studio-subtle", Sign::Refresh),
        Outcome::Done { warnings, .. } if !warnings.is_empty() => ("studio-warn", Sign::Warning),
        Outcome::Done { .. } => ("studio-good", Sign::Good),
        Outcome::Conflict { .. } | Outcome::Refused { .. } => ("studio-bad", Sign::Error),
    };
    html! {
        <li class="studio-answer">
            <span class={class}><Icon {sign} /></span>
            <KindBadge kind={kind_of(&summary.gvk)} />
            <button type="button" class="studio-place studio-place--name" onclick={store.does(Action::Select(at))}>{ name_of(&summary, words) }</button>
            <span class="studio-subtle">{ verb }</span>
            <div class="studio-answer__text">{ outcome(&props.exchange.outcome, words, &store, at) }</div>
            if props.exchange.outcome != Outcome::Waiting {
                <Button look={Look::Plain} sign={Sign::Close} name={words.of(id::UI_DISMISS)} onclick={store.does(Action::ForgetAnswer(at))} />
            }
        </li>
    }
}

fn outcome(outcome: &Outcome, words: Words, store: &Store, at: DocRef) -> Html {
    match outcome {
        Outcome::Waiting => html! { <span role="status">{ words.of(id::PANEL_WAITING) }</span> },
        Outcome::Done { message, warnings } => html! {
            <>
                <span>{ words.say(message) }</span>
                { for warnings.iter().map(|warning| html! { <q class="studio-problem__server">{ warning.clone() }</q> }) }
            </>
        },
        Outcome::Conflict { message, owners } => html! {
            <>
                <span>{ words.say(message) }</span>
                <ul class="studio-owners">
                    { for owners.iter().map(|owner| html! {
                        <li>
                            { words.say(&Message::new(id::PANEL_OWNER).with("manager", owner.manager.as_str())) }
                            { for owner.fields.iter().map(|field| html! { <code>{ field.clone() }</code> }) }
                        </li>
                    }) }
                </ul>
                <Button small=true label={words.of(id::PANEL_TAKE_OVER)} onclick={store.does(Action::TakeOver(at))} />
            </>
        },
        Outcome::Refused { message, server } => html! {
            <>
                <span>{ words.say(message) }</span>
                if let Some(server) = server {
                    <q class="studio-problem__server">{ server.clone() }</q>
                }
            </>
        },
    }
}
