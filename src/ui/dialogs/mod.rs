//! The dialogs in front of the page: one is there while `State::dialog` says so.

mod add;
mod confirm;
mod keyboard;
mod listbox;
mod palette;
mod paste;
mod rename;
mod workspaces;

use yew::prelude::*;

use crate::studio::Dialog;
use crate::ui::store::use_part;

/// The dialog in front, if there is one.
#[component]
pub fn Dialogs() -> Html {
    match use_part(|state| state.dialog.clone()) {
        None => Html::default(),
        Some(Dialog::AddResource) => html! { <add::AddResource /> },
        Some(Dialog::Paste) => html! { <paste::Paste /> },
        Some(Dialog::RenameFile(file)) => html! { <rename::RenameFile {file} /> },
        Some(Dialog::ConfirmDelete(docs)) => html! { <confirm::ConfirmDelete {docs} /> },
        Some(Dialog::Workspaces) => html! { <workspaces::Workspaces /> },
        Some(Dialog::ConfirmDeleteWorkspace(name)) => html! { <confirm::ConfirmDeleteWorkspace {name} /> },
        Some(Dialog::Palette) => html! { <palette::Palette /> },
        Some(Dialog::Keyboard) => html! { <keyboard::Keyboard /> },
        Some(Dialog::CopyByHand(text)) => html! { <paste::CopyByHand {text} /> },
    }
}
