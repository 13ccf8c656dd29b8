//! A bare Yew page, measured beside ours: machines differ, and so do their hours. It answers a click as the bench
//! expects it of the page (`data-template`, `data-page`).

use yew::prelude::*;

#[component]
fn App() -> Html {
    let clicked = use_state(|| false);
    let onclick = {
        let clicked = clicked.clone();
        Callback::from(move |_| clicked.set(true))
    };
    html! {
        <>
            <button type="button" data-template="bare" {onclick}>{ "Click" }</button>
            if *clicked {
                <main data-page="workspace">{ "Clicked" }</main>
            }
        </>
    }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
