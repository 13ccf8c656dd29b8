use web_sys::HtmlDialogElement;
use yew::prelude::*;

use super::button::{Button, Look};
use super::icon::Sign;

#[derive(Properties, PartialEq)]
pub struct ModalProps {
    pub title: AttrValue,
    /// What closing is called.
    pub close: AttrValue,
    /// Escape, the cross, a click beside it. The owner then stops rendering it.
    pub onclose: Callback<()>,
    #[prop_or_default]
    pub wide: bool,
    pub children: Html,
    /// The row of buttons below.
    #[prop_or_default]
    pub footer: Html,
}

/// A dialog in front of the page. The browser's own `<dialog>` keeps the focus inside, the page behind it out
/// of reach, and gives the focus back.
#[component]
pub fn Modal(props: &ModalProps) -> Html {
    let dialog = use_node_ref();
    use_effect_with((), {
        let dialog = dialog.clone();
        move |()| {
            let shown = dialog.cast::<HtmlDialogElement>();
            if let Some(dialog) = &shown {
                // Refused only when it is open already.
                let _ = dialog.show_modal();
            }
            move || {
                if let Some(dialog) = shown {
                    dialog.close();
                }
            }
        }
    });
    let oncancel = {
        let onclose = props.onclose.clone();
        Callback::from(move |event: Event| {
            event.prevent_default();
            onclose.emit(());
        })
    };
    let beside = {
        let (onclose, dialog) = (props.onclose.clone(), dialog.clone());
        Callback::from(move |event: MouseEvent| {
            // The dialog itself is hit only outside of what fills it.
            let own = dialog.cast::<HtmlDialogElement>().map(web_sys::EventTarget::from);
            if event.target() == own {
                onclose.emit(());
            }
        })
    };
    let cross = props.onclose.reform(|_: MouseEvent| ());
    html! {
        <dialog
            ref={dialog}
            class={classes!("studio-dialog", props.wide.then_some("studio-dialog--wide"))}
            aria-labelledby="studio-dialog-title"
            {oncancel}
            onmousedown={beside}
        >
            <div class="pf-v6-c-modal-box studio-dialog__box">
                <header class="studio-dialog__head">
                    <h2 class="pf-v6-c-title pf-m-lg" id="studio-dialog-title">{ props.title.clone() }</h2>
                    <Button look={Look::Plain} sign={Sign::Close} name={props.close.clone()} onclick={cross} />
                </header>
                <div class="studio-dialog__body">{ props.children.clone() }</div>
                if props.footer != Html::default() {
                    <footer class="studio-dialog__foot">{ props.footer.clone() }</footer>
                }
            </div>
        </dialog>
    }
}
