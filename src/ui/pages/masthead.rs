use yew::prelude::*;

use crate::i18n::{Locale, id};
use crate::k8s::Version;
use crate::studio::server::Connection;
use crate::studio::{Action, Dialog, Pane, Panel, StorageState, Theme};
use crate::ui::components::{Button, Choice, Icon, Look, Menu, Sign};
use crate::ui::keys::readable;
use crate::ui::store::{Part, Store, use_part, use_store};
use crate::ui::words::{Words, use_words};

/// The row at the top: brand, workspace, search, version, cluster, language, theme, help.
#[component]
pub fn Masthead() -> Html {
    let store = use_store();
    let words = use_words();
    let home = store.does(Action::SetPane(Pane::Gallery));
    let palette = store.does(Action::OpenDialog(Dialog::Palette));
    let keyboard = store.does(Action::OpenDialog(Dialog::Keyboard));
    html! {
        <header class="pf-v6-c-masthead studio-masthead" data-page="started">
            <div class="studio-masthead__start">
                <button type="button" class="studio-brand" onclick={home} title={words.of(id::UI_TO_GALLERY)}>
                    <span class="studio-brand__mark" aria-hidden="true"></span>
                    <span class="studio-brand__name">{ words.of(id::APP_NAME) }</span>
                </button>
                <WorkspaceMenu />
                <Undoing />
            </div>
            <div class="studio-masthead__end">
                <button type="button" class="pf-v6-c-button studio-pill studio-search" onclick={palette}
                    aria-keyshortcuts="Control+K" aria-label={words.of(id::UI_SEARCH)}>
                    <span class="pf-v6-c-button__text studio-wide">{ words.of(id::UI_SEARCH) }</span>
                    <kbd class="studio-wide">{ readable("mod+k") }</kbd>
                    <span class="studio-narrow">{ html! { <crate::ui::components::Icon sign={Sign::Search} /> } }</span>
                </button>
                <VersionMenu />
                <ClusterState />
                <LanguageMenu />
                <ThemeMenu />
                <Button look={Look::Plain} class="studio-wide" sign={Sign::Keyboard} name={words.of(id::UI_KEYBOARD)} onclick={keyboard} />
            </div>
        </header>
    }
}

#[component]
fn Undoing() -> Html {
    let store = use_store();
    let words = use_words();
    let (undo, redo) = use_part(|state| (state.can_undo, state.can_redo));
    html! {
        <div class="studio-undo" role="group" aria-label={words.of(id::UI_HISTORY)}>
            <Button look={Look::Plain} sign={Sign::Undo} name={words.of(id::UI_UNDO)} disabled={!undo} onclick={store.does(Action::Undo)} />
            <Button look={Look::Plain} sign={Sign::Redo} name={words.of(id::UI_REDO)} disabled={!redo} onclick={store.does(Action::Redo)} />
        </div>
    }
}

#[component]
fn WorkspaceMenu() -> Html {
    let store = use_store();
    let words = use_words();
    let name = use_part(|state| Part::of(&state.workspace_name));
    let storage = use_part(|state| state.storage);
    let choices = {
        let store = store.clone();
        Callback::from(move |()| {
            let (names, current) = store.read(|state| (state.workspaces.clone(), state.workspace_name.clone()));
            let mut choices: Vec<Choice> = names
                .iter()
                .map(|name| {
                    Choice::new(name.clone(), store.does(Action::SwitchWorkspace(name.clone())))
                        .chosen(**name == *current)
                })
                .collect();
            choices.push(Choice::new(
                words.of(id::UI_MANAGE_WORKSPACES),
                store.does(Action::OpenDialog(Dialog::Workspaces)),
            ));
            choices.push(Choice::new(words.of(id::UI_TO_GALLERY), store.does(Action::SetPane(Pane::Gallery))));
            choices
        })
    };
    let note = match storage {
        StorageState::Failed | StorageState::Unavailable => Some(words.of(id::UI_NOT_KEPT)),
        _ => None,
    };
    html! {
        <>
            <Menu label={html! { <span class="studio-cut">{ &*name }</span> }}
                name={words.with(id::UI_WORKSPACE, "name", &*name)} {choices} />
            if let Some(note) = note {
                <span class="studio-not-kept" title={note.clone()}>
                    <span class="studio-narrow"><Icon sign={Sign::Warning} /></span>
                    <span class="studio-not-kept__text">{ note }</span>
                </span>
            }
        </>
    }
}

#[component]
fn VersionMenu() -> Html {
    let store = use_store();
    let words = use_words();
    let version = use_part(|state| state.version);
    let choices = Callback::from(move |()| {
        let one = |v: Version| {
            Choice::new(words.with(id::UI_KUBERNETES, "version", v.to_string()), store.does(Action::SetVersion(v)))
                .chosen(v == version)
        };
        Version::ALL.into_iter().rev().map(one).collect::<Vec<_>>()
    });
    let text = words.with(id::UI_KUBERNETES, "version", version.to_string());
    let label = html! {
        <>
            <span class="studio-wide">{ text.clone() }</span>
            <span class="studio-narrow">{ version.to_string() }</span>
        </>
    };
    html! { <Menu {label} name={text} {choices} to_left=true /> }
}

#[component]
fn ClusterState() -> Html {
    let store = use_store();
    let words = use_words();
    let connection = use_part(|state| state.server.connection.clone());
    let (class, text) = said(&connection, words);
    let choices = {
        let connection = connection.clone();
        Callback::from(move |()| choices(&store, &connection, words))
    };
    let label = html! {
        <>
            <span class={classes!("studio-dot", class)} aria-hidden="true"></span>
            <span class="studio-wide">{ text.clone() }</span>
        </>
    };
    html! { <Menu {label} name={text} {choices} to_left=true /> }
}

fn said(connection: &Connection, words: Words) -> (&'static str, AttrValue) {
    match connection {
        Connection::Unknown | Connection::Absent => ("", words.of(id::UI_NO_CLUSTER)),
        Connection::Probing => ("studio-dot--busy", words.of(id::UI_CLUSTER_PROBING)),
        Connection::Connected { version, .. } => {
            ("studio-dot--good", words.with(id::UI_CLUSTER, "version", version.as_str()))
        }
        Connection::Refused(_) => ("studio-dot--bad", words.of(id::UI_CLUSTER_REFUSED)),
    }
}

fn choices(store: &Store, connection: &Connection, words: Words) -> Vec<Choice> {
    let mut choices = Vec::new();
    if let Connection::Connected { user: Some(user), .. } = connection {
        choices
            .push(Choice::new(words.with(id::UI_CLUSTER_USER, "user", user.as_str()), Callback::noop()).disabled(true));
    }
    let panel = store.clone();
    choices.push(Choice::new(
        words.of(id::UI_CLUSTER_PANEL),
        Callback::from(move |()| {
            panel.dispatch(Action::SetPane(Pane::Workspace));
            panel.dispatch(Action::SetPanel(Panel::Cluster));
        }),
    ));
    choices.push(Choice::new(words.of(id::UI_CLUSTER_LOOK), store.does(Action::Connect)));
    choices
}

#[component]
fn LanguageMenu() -> Html {
    let store = use_store();
    let words = use_words();
    let choices = Callback::from(move |()| {
        // Each in its own language: who reads one need not read the other.
        let one = |&locale: &Locale| {
            Choice::new(locale.name(), store.does(Action::SetLocale(locale))).chosen(words.0 == locale)
        };
        Locale::ALL.iter().map(one).collect()
    });
    let label = html! { <span>{ words.of(id::UI_LANGUAGE_SHORT) }</span> };
    html! { <Menu {label} name={words.of(id::UI_LANGUAGE)} {choices} to_left=true /> }
}

#[component]
fn ThemeMenu() -> Html {
    let store = use_store();
    let words = use_words();
    let theme = use_part(|state| state.theme);
    let choices = Callback::from(move |()| {
        let one = |t, name| Choice::new(words.of(name), store.does(Action::SetTheme(t))).chosen(t == theme);
        vec![
            one(Theme::System, id::UI_THEME_SYSTEM),
            one(Theme::Light, id::UI_THEME_LIGHT),
            one(Theme::Dark, id::UI_THEME_DARK),
        ]
    });
    html! { <Menu sign={Sign::Light} name={words.of(id::UI_THEME)} {choices} to_left=true /> }
}
