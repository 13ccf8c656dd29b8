use yew::prelude::*;

use crate::i18n::{Message, id};
use crate::studio::{Action, DocRef};
use crate::ui::components::{Button, KindBadge, Look, Modal};
use crate::ui::pages::{kind_of, name_of};
use crate::ui::store::use_store;
use crate::ui::words::use_words;

#[derive(Properties, PartialEq)]
pub struct ConfirmDeleteProps {
    pub docs: Vec<DocRef>,
}

/// Delete from the cluster? Says what.
#[component]
pub fn ConfirmDelete(props: &ConfirmDeleteProps) -> Html {
    let store = use_store();
    let words = use_words();
    let close = store.does::<()>(Action::CloseDialog);
    let rows = store.read(|state| {
        let of =
            |at: &DocRef| state.index.document(*at).map(|d| (kind_of(&d.gvk), name_of(d, words), d.namespace.clone()));
        props.docs.iter().filter_map(of).collect::<Vec<_>>()
    });
    let footer = html! {
        <>
            <Button look={Look::Danger} label={words.of(id::UI_DELETE_FROM_CLUSTER)} onclick={store.does(Action::DeleteConfirmed(props.docs.clone()))} />
            <Button label={words.of(id::UI_CANCEL)} onclick={close.reform(|_| ())} />
        </>
    };
    let title = words.say(&Message::new(id::UI_CONFIRM_DELETE).with("n", rows.len()));
    html! {
        <Modal {title} close={words.of(id::UI_CLOSE)} onclose={close} {footer}>
            <p>{ words.of(id::UI_CONFIRM_DELETE_ABOUT) }</p>
            <ul class="studio-list">
                { for rows.into_iter().map(|(kind, name, namespace)| html! {
                    <li class="studio-row">
                        <KindBadge kind={kind.clone()} />
                        <span>{ kind }</span>
                        <strong>{ name }</strong>
                        if let Some(namespace) = namespace {
                            <span class="studio-subtle">{ &*namespace }</span>
                        }
                    </li>
                }) }
            </ul>
        </Modal>
    }
}

#[derive(Properties, PartialEq)]
pub struct ConfirmDeleteWorkspaceProps {
    pub name: String,
}

/// Delete a workspace for good?
#[component]
pub fn ConfirmDeleteWorkspace(props: &ConfirmDeleteWorkspaceProps) -> Html {
    let store = use_store();
    let words = use_words();
    let close = store.does::<()>(Action::CloseDialog);
    let delete = {
        let (store, name) = (store.clone(), props.name.clone());
        Callback::from(move |_: MouseEvent| {
            store.dispatch(Action::CloseDialog);
            store.dispatch(Action::DeleteWorkspace(name.clone()));
        })
    };
    let footer = html! {
        <>
            <Button look={Look::Danger} label={words.of(id::UI_DELETE_WORKSPACE)} onclick={delete} />
            <Button label={words.of(id::UI_CANCEL)} onclick={close.reform(|_| ())} />
        </>
    };
    html! {
        <Modal title={words.with(id::UI_CONFIRM_DELETE_WORKSPACE, "name", props.name.as_str())} close={words.of(id::UI_CLOSE)} onclose={close} {footer}>
            <p>{ words.of(id::UI_CONFIRM_DELETE_WORKSPACE_ABOUT) }</p>
        </Modal>
    }
}
