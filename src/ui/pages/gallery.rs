use web_sys::DragEvent;
use yew::prelude::*;

use super::pickers::{pick_files, pick_folder};
use crate::i18n::{Id, id};
use crate::studio::{Action, Destination, Dialog, Pane, Template, templates};
use crate::ui::components::{Button, KindBadge, Look};
use crate::ui::opening::dropped;
use crate::ui::store::{Part, use_part, use_store};
use crate::ui::words::use_words;

/// The kinds to start empty with.
const EMPTY: [(&str, &str); 4] = [("v1", "Pod"), ("apps/v1", "Deployment"), ("v1", "Service"), ("batch/v1", "Job")];

/// The first screen: what do you want to run?
#[component]
pub fn Gallery() -> Html {
    let store = use_store();
    let words = use_words();
    let group = use_state_eq(|| None::<Id>);
    let ondrop = {
        let store = store.clone();
        Callback::from(move |event: DragEvent| {
            dropped(&store, &event);
        })
    };
    let ondragover = Callback::from(|event: DragEvent| event.prevent_default());
    let shown = templates().iter().filter(|t| group.is_none_or(|g| t.group == g));
    html! {
        <main id="main" tabindex="-1" class="studio-gallery" {ondrop} {ondragover}>
            <h1 class="pf-v6-c-title pf-m-2xl">{ words.of(id::GALLERY_TITLE) }</h1>
            <p class="studio-gallery__about">{ words.of(id::GALLERY_ABOUT) }</p>
            <Ways />
            <Groups chosen={*group} onchoose={let group = group.clone(); Callback::from(move |g| group.set(g))} />
            <ul class="studio-cards">
                { for shown.map(|template| html! { <Card key={template.id} {template} /> }) }
            </ul>
        </main>
    }
}

#[component]
fn Ways() -> Html {
    let store = use_store();
    let words = use_words();
    let kept = use_part(|state| (Part::of(&state.workspace_name), state.workspace.files.len()));
    let (name, count) = kept;
    html! {
        <div class="studio-ways">
            if count > 0 {
                <Button look={Look::Primary} onclick={store.does(Action::SetPane(Pane::Workspace))}
                    label={words.say(&crate::i18n::Message::new(id::GALLERY_CONTINUE).with("name", &*name).with("n", count))} />
            }
            <Button look={Look::Pill} label={words.of(id::GALLERY_OPEN_FILES)} onclick={Callback::from(|_| pick_files())} />
            <Button look={Look::Pill} label={words.of(id::GALLERY_OPEN_FOLDER)} onclick={Callback::from(|_| pick_folder())} />
            <Button look={Look::Pill} label={words.of(id::GALLERY_PASTE)} onclick={store.does(Action::OpenDialog(Dialog::Paste))} />
            <div class="studio-empty-start" role="group" aria-label={words.of(id::GALLERY_EMPTY)}>
                <span class="studio-empty-start__name" aria-hidden="true">{ words.of(id::GALLERY_EMPTY) }</span>
                { for EMPTY.iter().map(|(api_version, kind)| {
                    let start = Action::StartEmpty {
                        api_version: (*api_version).to_owned(),
                        kind: (*kind).to_owned(),
                        to: Destination::NewFile,
                    };
                    html! {
                        <button type="button" class="studio-empty-start__kind" onclick={store.does(start)}>{ *kind }</button>
                    }
                }) }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct GroupsProps {
    chosen: Option<Id>,
    onchoose: Callback<Option<Id>>,
}

#[component]
fn Groups(props: &GroupsProps) -> Html {
    let words = use_words();
    let mut groups: Vec<(Id, usize)> = Vec::new();
    for template in templates() {
        match groups.iter_mut().find(|(group, _)| *group == template.group) {
            Some((_, count)) => *count += 1,
            None => groups.push((template.group, 1)),
        }
    }
    // The fullest first.
    groups.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let chip = |group: Option<Id>, label: AttrValue| {
        let onchoose = props.onchoose.clone();
        let on = props.chosen == group;
        html! {
            <button type="button" class={classes!("studio-chip", on.then_some("studio-chip--on"))}
                aria-pressed={if on { "true" } else { "false" }} onclick={Callback::from(move |_| onchoose.emit(group))}>
                { label }
            </button>
        }
    };
    html! {
        <div class="studio-chips" role="group" aria-label={words.of(id::GALLERY_FILTER)}>
            { chip(None, words.with(id::GALLERY_ALL, "n", templates().len())) }
            { for groups.into_iter().map(|(group, _)| chip(Some(group), words.of(group))) }
        </div>
    }
}

#[derive(Properties)]
struct CardProps {
    template: &'static Template,
}

impl PartialEq for CardProps {
    fn eq(&self, other: &CardProps) -> bool {
        std::ptr::eq(self.template, other.template)
    }
}

#[component]
fn Card(props: &CardProps) -> Html {
    let store = use_store();
    let words = use_words();
    let template = props.template;
    let onclick = store.does(Action::UseTemplate { id: template.id.to_owned(), to: Destination::NewFile });
    html! {
        <li>
            <button type="button" class="studio-card" data-template={template.id} {onclick}>
                <span class="studio-card__head">
                    { for template.kinds.iter().map(|kind| html! { <KindBadge kind={AttrValue::Static(kind)} /> }) }
                    <span class="studio-card__title">{ words.of(template.title) }</span>
                </span>
                <span class="studio-card__about">{ words.of(template.description) }</span>
            </button>
        </li>
    }
}
