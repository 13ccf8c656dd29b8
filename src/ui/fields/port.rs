//! A port, with the names of the usual ones; a usual name may be typed for it.

use serde_json::Value;
use yew::prelude::*;

use super::{Field, SHORT, datalist};
use crate::form::editors::{number, port};
use crate::k8s::KNOWN_PORTS;

pub fn view(field: &Field) -> Html {
    let list = AttrValue::from([field.id().as_str(), "-known"].concat());
    let read = |typed: &str| port::parse(typed).map_or_else(|_| number::write(typed), Value::from);
    let known = || KNOWN_PORTS.iter().map(|(port, name)| (port.to_string().into(), Some((*name).into())));
    html! {
        <>
            { field.input(SHORT, Some(list.clone()), read) }
            // Only for the one being filled in: forty lines for every port of a long list are many.
            if field.spot.is_some() {
                { datalist(&list, known()) }
            }
        </>
    }
}
