//! Opening what a person has: picked, dropped.

use web_sys::{DragEvent, HtmlInputElement};
use yew::platform::spawn_local;

use super::effects::{may_be_manifest, opened};
use super::store::Store;
use crate::platform::{files, gallery};
use crate::studio::{MAX_FILE_BYTES, Pane};

/// Opens what was chosen in an `<input type="file">`.
pub fn open_files(store: &Store, input: HtmlInputElement) {
    let Some(list) = input.files() else { return };
    let store = store.clone();
    spawn_local(async move {
        let picked = files::read_list(&list, MAX_FILE_BYTES, may_be_manifest).await;
        // The same file may be chosen again.
        input.set_value("");
        store.dispatch(opened(picked));
        // What took the gallery's place says itself that it is there: in between, the gallery would be laid out again.
        if store.read(|state| state.pane == Pane::Gallery) {
            gallery::show_leaving(false);
        }
    });
}

/// Opens what was dropped; whether there were files in it.
pub fn dropped(store: &Store, event: &DragEvent) -> bool {
    let Some(data) = event.data_transfer() else { return false };
    let dropped = files::dropped(&data);
    if dropped.is_empty() {
        return false;
    }
    event.prevent_default();
    let store = store.clone();
    spawn_local(async move {
        let picked = files::read_dropped(dropped, MAX_FILE_BYTES, may_be_manifest).await;
        store.dispatch(opened(picked));
    });
    true
}
