//! A port, with the names of the usual ones.

use yew::prelude::*;

use super::{Field, SHORT, datalist, number};
use crate::i18n::id;
use crate::k8s::{KNOWN_PORTS, port_name};

pub fn view(field: &Field) -> Html {
    let list = AttrValue::from([field.id().as_str(), "-known"].concat());
    let port = field.row.value.as_ref().and_then(|v| v.as_i64());
    let words = field.desk.words;
    html! {
        <>
            { field.input(SHORT, Some(list.clone()), number) }
            // Only for the one being filled in: forty lines for every port of a long list are many.
            if field.spot.is_some() {
                { datalist(&list, KNOWN_PORTS.iter().map(|(port, name)| (port.to_string().into(), Some((*name).into())))) }
            }
            { match port {
                Some(port) if (1..=65535).contains(&port) => port_name(port as u16).map_or_else(Html::default, |name| {
                    html! { <span class="pane-hint">{ words.with(id::PANE_USUALLY, "name", name) }</span> }
                }),
                Some(_) => html! { <span class="pane-hint studio-bad">{ words.of(id::PANE_PORT_RANGE) }</span> },
                None => Html::default(),
            } }
        </>
    }
}
