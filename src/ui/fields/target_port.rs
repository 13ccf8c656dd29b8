//! A port by number, or by the name of a container's port.

use yew::prelude::*;

use super::{Field, datalist};
use crate::form::editors::target_port;
use crate::ui::form::offers;

pub fn view(field: &Field) -> Html {
    let list = AttrValue::from([field.id().as_str(), "-ports"].concat());
    html! {
        <>
            { field.input("pane-input--medium", Some(list.clone()), target_port::write) }
            if field.spot.is_some() {
                { datalist(&list, offers::offers(field.desk, &field.row.editor, &field.row.path)) }
            }
        </>
    }
}
