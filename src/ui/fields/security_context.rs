//! What a pod or a container may do.

use yew::prelude::*;

use super::{Field, object};

pub fn view(field: &Field) -> Html {
    object::view(field)
}
