use yew::prelude::*;

use super::exchange::Exchanges;
use crate::i18n::id;
use crate::studio::server::{Connection, ObjectRow, ObjectState, PodRow, Verb};
use crate::studio::{Action, DocRef};
use crate::ui::components::{Button, Icon, KindBadge, Look, Sign};
use crate::ui::pages::{kind_of, name_of};
use crate::ui::store::{Part, use_part, use_store};
use crate::ui::words::use_words;

/// The command that serves the page beside a cluster.
const COMMAND: &str = "kubectl proxy --www=dist --www-prefix=/studio/";

/// Sending to the cluster, and what it answered.
#[component]
pub fn Cluster() -> Html {
    let store = use_store();
    let words = use_words();
    let connection = use_part(|state| state.server.connection.clone());
    match connection {
        Connection::Connected { version, user, .. } => html! {
            <div class="studio-cluster">
                <p class="studio-cluster__who">
                    <span class="studio-dot studio-dot--good" aria-hidden="true"></span>
                    <span>{ words.with(id::UI_CLUSTER, "version", version) }</span>
                    if let Some(user) = user {
                        <span class="studio-subtle">{ words.with(id::UI_CLUSTER_USER, "user", user) }</span>
                    }
                </p>
                <Verbs />
                <Exchanges />
                <Objects />
            </div>
        },
        Connection::Probing => html! { <p class="studio-hint" role="status">{ words.of(id::UI_CLUSTER_PROBING) }</p> },
        Connection::Refused(why) => html! {
            <div class="studio-cluster">
                <p class="studio-bad">{ words.say(&why) }</p>
                <Button small=true sign={Sign::Refresh} label={words.of(id::UI_CLUSTER_LOOK)} onclick={store.does(Action::Connect)} />
            </div>
        },
        Connection::Unknown | Connection::Absent => html! {
            <p class="studio-cluster studio-cluster__absent">
                <span>{ words.of(id::PANEL_CLUSTER_ABSENT) }</span>
                <code class="studio-command">{ COMMAND }</code>
                <Button small=true sign={Sign::Copy} label={words.of(id::UI_COPY)} onclick={store.does(Action::CopyText(COMMAND.to_owned()))} />
                <Button small=true look={Look::Link} label={words.of(id::UI_CLUSTER_LOOK)} onclick={store.does(Action::Connect)} />
            </p>
        },
    }
}

/// What can be done, with the selected document or with all.
#[component]
fn Verbs() -> Html {
    let store = use_store();
    let words = use_words();
    let all = use_state_eq(|| false);
    let selected = use_part(|state| state.selected);
    let index = use_part(|state| Part::of(&state.index));
    let docs: Vec<DocRef> =
        if *all { index.documents().map(|d| d.at).collect() } else { selected.into_iter().collect() };
    let none = docs.is_empty();
    let which = |value: bool, name| {
        let all = all.clone();
        let on = *all == value;
        html! {
            <button type="button" class={classes!("studio-chip", on.then_some("studio-chip--on"))}
                aria-pressed={if on { "true" } else { "false" }} onclick={Callback::from(move |_| all.set(value))}>
                { words.of(name) }
            </button>
        }
    };
    let send = |verb, name, look| {
        let onclick = store.does(Action::Send { verb, docs: docs.clone() });
        html! { <Button small=true {look} label={words.of(name)} disabled={none} {onclick} /> }
    };
    html! {
        <div class="studio-row">
            <div class="studio-chips studio-chips--small" role="group" aria-label={words.of(id::PANEL_SEND_WHAT)}>
                { which(false, id::PANEL_THIS_DOCUMENT) }
                { which(true, id::PANEL_ALL_DOCUMENTS) }
            </div>
            { send(Verb::DryRun, id::PANEL_DRY_RUN, Look::Secondary) }
            { send(Verb::Apply, id::PANEL_APPLY, Look::Primary) }
            { send(Verb::Live, id::PANEL_LIVE, Look::Secondary) }
            { send(Verb::Delete, id::PANEL_DELETE, Look::Danger) }
        </div>
    }
}

/// The workspace's objects in the cluster and their state.
#[component]
fn Objects() -> Html {
    let store = use_store();
    let words = use_words();
    let objects = use_part(|state| Part::of(&state.server.objects));
    let refreshing = use_part(|state| state.server.refreshing);
    html! {
        <section class="studio-objects" aria-label={words.of(id::PANEL_OBJECTS)}>
            <header class="studio-row">
                <h3 class="studio-heading">{ words.of(id::PANEL_OBJECTS) }</h3>
                <Button small=true look={Look::Link} sign={Sign::Refresh} disabled={refreshing}
                    label={words.of(id::PANEL_REFRESH)} onclick={store.does(Action::RefreshObjects)} />
            </header>
            if objects.is_empty() {
                <p class="studio-hint">{ words.of(id::PANEL_OBJECTS_EMPTY) }</p>
            } else {
                <ul class="studio-list">
                    { for objects.iter().map(|row| html! { <ObjectLine key={[row.doc.file.0, row.doc.doc.0].map(|n| n.to_string()).join("-")} row={row.clone()} /> }) }
                </ul>
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct ObjectLineProps {
    row: ObjectRow,
}

#[component]
fn ObjectLine(props: &ObjectLineProps) -> Html {
    let store = use_store();
    let words = use_words();
    let row = &props.row;
    let at = row.doc;
    let summary = use_part(move |state| state.index.document(at).map(Part::of));
    let Some(summary) = summary else { return Html::default() };
    let (class, text) = match &row.state {
        ObjectState::Waiting => ("studio-subtle", words.of(id::PANEL_WAITING)),
        ObjectState::Absent => ("studio-subtle", words.of(id::PANEL_OBJECT_ABSENT)),
        ObjectState::There(message) => ("", words.say(message)),
        ObjectState::Failed(message) => ("studio-bad", words.say(message)),
    };
    html! {
        <li class="studio-object">
            <KindBadge kind={kind_of(&summary.gvk)} />
            <button type="button" class="studio-place studio-place--name" onclick={store.does(Action::Select(at))}>{ name_of(&summary, words) }</button>
            <span class={class}>{ text }</span>
            if !row.pods.is_empty() {
                <ul class="studio-pods" aria-label={words.of(id::PANEL_PODS)}>
                    { for row.pods.iter().map(|pod: &PodRow| html! {
                        <li class="studio-pod">
                            <span class={if pod.ready { "studio-good" } else { "studio-warn" }}>
                                <Icon sign={if pod.ready { Sign::Good } else { Sign::Warning }} />
                            </span>
                            <code>{ pod.name.clone() }</code>
                            <span>{ pod.phase.clone() }</span>
                        </li>
                    }) }
                </ul>
            }
        </li>
    }
}
