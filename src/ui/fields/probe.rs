//! A probe: one of four handlers, its fields beside it, and the times in a line.

use yew::prelude::*;

use super::{Field, object};
use crate::form::Body;

pub fn view(field: &Field) -> Html {
    let (handler, times): (Vec<_>, Vec<_>) =
        field.row.rows().into_iter().partition(|row| matches!(row.body, Body::Union { .. }));
    html! {
        <>
            { object::line(field.desk, handler, field.spot, field.depth + 1) }
            { object::line(field.desk, times, field.spot, field.depth + 1) }
        </>
    }
}
