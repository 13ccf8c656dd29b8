use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::i18n::id;
use crate::studio::{Action, FileId};
use crate::ui::components::{Button, Look, Modal};
use crate::ui::store::use_store;
use crate::ui::words::use_words;

#[derive(Properties, PartialEq)]
pub struct RenameFileProps {
    pub file: FileId,
}

/// Another name for a file.
#[component]
pub fn RenameFile(props: &RenameFileProps) -> Html {
    let store = use_store();
    let words = use_words();
    let file = props.file;
    let input = use_node_ref();
    let name = store.read(|state| state.workspace.file(file).map(|f| f.name.to_string()).unwrap_or_default());
    use_effect_with((), {
        let input = input.clone();
        move |()| {
            if let Some(input) = input.cast::<HtmlInputElement>() {
                input.select();
            }
        }
    });
    let close = store.does::<()>(Action::CloseDialog);
    let onsubmit = {
        let (store, input) = (store.clone(), input.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let name = input.cast::<HtmlInputElement>().map(|i| i.value()).unwrap_or_default();
            store.dispatch(Action::CloseDialog);
            if !name.trim().is_empty() {
                store.dispatch(Action::RenameFile(file, name.trim().to_owned()));
            }
        })
    };
    html! {
        <Modal title={words.of(id::UI_RENAME_FILE)} close={words.of(id::UI_CLOSE)} onclose={close.clone()}>
            <form class="studio-stack" {onsubmit}>
                <label class="studio-label" for="studio-rename">{ words.of(id::UI_RENAME_FILE_NAME) }</label>
                <span class="pf-v6-c-form-control">
                    <input id="studio-rename" ref={input} value={name} autofocus=true autocomplete="off" spellcheck="false" />
                </span>
                <div class="studio-row">
                    <Button look={Look::Primary} submit=true label={words.of(id::UI_RENAME)} />
                    <Button label={words.of(id::UI_CANCEL)} onclick={close.reform(|_| ())} />
                </div>
            </form>
        </Modal>
    }
}
