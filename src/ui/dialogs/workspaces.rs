use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::i18n::id;
use crate::studio::{Action, Dialog};
use crate::ui::components::{Button, Look, Modal, Sign};
use crate::ui::store::{Part, use_part, use_store};
use crate::ui::words::use_words;

/// The kept workspaces: show, rename, delete, begin another.
#[component]
pub fn Workspaces() -> Html {
    let store = use_store();
    let words = use_words();
    let names = use_part(|state| Part::of(&state.workspaces));
    let current = use_part(|state| Part::of(&state.workspace_name));
    let close = store.does::<()>(Action::CloseDialog);
    let named = |does: fn(String) -> Action| {
        let store = store.clone();
        Callback::from(move |name: String| {
            store.dispatch(Action::CloseDialog);
            store.dispatch(does(name));
        })
    };
    html! {
        <Modal title={words.of(id::UI_WORKSPACES)} close={words.of(id::UI_CLOSE)} onclose={close}>
            <ul class="studio-list">
                { for names.iter().map(|name| {
                    let here = **name == *current.0;
                    let show = named(Action::SwitchWorkspace);
                    let (to_show, to_delete) = (name.clone(), name.clone());
                    html! {
                        <li class="studio-row studio-row--apart" key={name.clone()}>
                            <span class="studio-cut">{ name.clone() }</span>
                            if here {
                                <span class="studio-tag">{ words.of(id::UI_WORKSPACE_HERE) }</span>
                            } else {
                                <Button small=true label={words.of(id::UI_WORKSPACE_SHOW)} name={words.with(id::UI_WORKSPACE_SHOW_NAMED, "name", name.as_str())}
                                    onclick={Callback::from(move |_| show.emit(to_show.clone()))} />
                            }
                            <Button look={Look::Plain} sign={Sign::Trash} name={words.with(id::UI_WORKSPACE_DELETE_NAMED, "name", name.as_str())}
                                onclick={store.does(Action::OpenDialog(Dialog::ConfirmDeleteWorkspace(to_delete)))} />
                        </li>
                    }
                }) }
            </ul>
            <NameForm id="studio-workspace-rename" label={words.of(id::UI_WORKSPACE_RENAME)} button={words.of(id::UI_RENAME)}
                value={AttrValue::from(current.to_string())} onname={named(Action::RenameWorkspace)} />
            <NameForm id="studio-workspace-new" label={words.of(id::UI_WORKSPACE_NEW)} button={words.of(id::UI_WORKSPACE_CREATE)}
                value="" onname={named(Action::CreateWorkspace)} />
        </Modal>
    }
}

#[derive(Properties, PartialEq)]
struct NameFormProps {
    id: &'static str,
    label: AttrValue,
    button: AttrValue,
    value: AttrValue,
    onname: Callback<String>,
}

#[component]
fn NameForm(props: &NameFormProps) -> Html {
    let input = use_node_ref();
    let onsubmit = {
        let (input, onname) = (input.clone(), props.onname.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = input.cast::<HtmlInputElement>().map(|i| i.value()).unwrap_or_default();
            if !name.trim().is_empty() {
                onname.emit(name.trim().to_owned());
            }
        })
    };
    html! {
        <form class="studio-stack" {onsubmit}>
            <label class="studio-label" for={props.id}>{ props.label.clone() }</label>
            <div class="studio-row">
                <span class="pf-v6-c-form-control studio-grow">
                    <input id={props.id} ref={input} value={props.value.clone()} autocomplete="off" spellcheck="false" />
                </span>
                <Button submit=true label={props.button.clone()} />
            </div>
        </form>
    }
}
