//! A name of something else: offered from the workspace, any other text may be typed.

use yew::prelude::*;

use super::{Field, datalist, string};
use crate::ui::form::offers;

pub fn view(field: &Field) -> Html {
    let list = AttrValue::from([field.id().as_str(), "-names"].concat());
    html! {
        <>
            { field.input("", Some(list.clone()), string) }
            if field.spot.is_some() {
                { datalist(&list, offers::offers(field.desk, &field.row.editor, &field.row.path)) }
            }
        </>
    }
}
