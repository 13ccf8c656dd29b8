//! What a pod or a container may do, and the shortest way to what the restricted standard asks.

use yew::prelude::*;

use super::{Field, object};
use crate::form::editors::security_context::{Owner, to_restricted};
use crate::i18n::id;
use crate::yaml::Step;

pub fn view(field: &Field) -> Html {
    let path = &field.row.path;
    // A container is an item of a list, a pod is not.
    let owner = match path.len().checked_sub(2).and_then(|above| path.get(above)) {
        Some(Step::Index(_)) => Owner::Container,
        _ => Owner::Pod,
    };
    let edits = to_restricted(owner, path, field.row.value.as_ref());
    let desk = field.desk.clone();
    let restrict = !edits.is_empty();
    let onclick = Callback::from(move |_: MouseEvent| edits.iter().for_each(|edit| desk.edit(edit.clone())));
    html! {
        <>
            { object::view(field) }
            if restrict {
                <div class="pane-adds">
                    <button type="button" class="pf-v6-c-button pf-m-link pf-m-inline" {onclick}>
                        { field.desk.words.of(id::PANE_RESTRICT) }
                    </button>
                </div>
            }
        </>
    }
}
