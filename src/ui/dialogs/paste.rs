use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::i18n::id;
use crate::studio::Action;
use crate::ui::components::{Button, Look, Modal};
use crate::ui::store::use_store;
use crate::ui::words::use_words;

/// A place to paste a text that is then opened.
#[component]
pub fn Paste() -> Html {
    let store = use_store();
    let words = use_words();
    let area = use_node_ref();
    let close = store.does::<()>(Action::CloseDialog);
    let open = {
        let (store, area) = (store.clone(), area.clone());
        Callback::from(move |_: MouseEvent| {
            let text = area.cast::<HtmlTextAreaElement>().map(|a| a.value()).unwrap_or_default();
            store.dispatch(Action::CloseDialog);
            if !text.trim().is_empty() {
                store.dispatch(Action::Paste(text));
            }
        })
    };
    let footer = html! {
        <>
            <Button look={Look::Primary} label={words.of(id::UI_PASTE_OPEN)} onclick={open} />
            <Button label={words.of(id::UI_CANCEL)} onclick={close.reform(|_| ())} />
        </>
    };
    html! {
        <Modal title={words.of(id::UI_PASTE)} close={words.of(id::UI_CLOSE)} onclose={close} wide=true {footer}>
            <label class="studio-label" for="studio-paste">{ words.of(id::UI_PASTE_ABOUT) }</label>
            <span class="pf-v6-c-form-control pf-m-textarea studio-paste">
                <textarea id="studio-paste" ref={area} spellcheck="false" autocomplete="off" autofocus=true rows="16" />
            </span>
        </Modal>
    }
}

#[derive(Properties, PartialEq)]
pub struct CopyByHandProps {
    pub text: String,
}

/// A text that the browser would not put on the clipboard.
#[component]
pub fn CopyByHand(props: &CopyByHandProps) -> Html {
    let store = use_store();
    let words = use_words();
    let area = use_node_ref();
    use_effect_with((), {
        let area = area.clone();
        move |()| {
            if let Some(area) = area.cast::<HtmlTextAreaElement>() {
                area.select();
            }
        }
    });
    let close = store.does::<()>(Action::CloseDialog);
    html! {
        <Modal title={words.of(id::UI_COPY_BY_HAND)} close={words.of(id::UI_CLOSE)} onclose={close} wide=true>
            <label class="studio-label" for="studio-copy">{ words.of(id::UI_COPY_BY_HAND_ABOUT) }</label>
            <span class="pf-v6-c-form-control pf-m-textarea pf-m-readonly studio-paste">
                <textarea id="studio-copy" ref={area} readonly=true rows="16" autofocus=true value={props.text.clone()} />
            </span>
        </Modal>
    }
}
