//! The form of the selected document.

use yew::prelude::*;

use crate::studio::DocRef;

#[derive(Properties, PartialEq)]
pub struct FormPaneProps {
    /// The document; it can be read and its kind is known.
    pub doc: DocRef,
}

/// Sections, fields and cards of one document.
#[component]
pub fn FormPane(props: &FormPaneProps) -> Html {
    let _ = props;
    Html::default()
}
