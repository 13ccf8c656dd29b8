//! Labels that must be equal, and expressions over labels.

use yew::prelude::*;

use super::{Field, object};

pub fn view(field: &Field) -> Html {
    object::view(field)
}
