//! The page: mounts the screen into `#app`.

fn main() {
    manifest_studio::platform::rest::share();
    let root = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("app"));
    if let Some(root) = root {
        // The shell of index.html has done its work.
        root.set_inner_html("");
        yew::Renderer::<manifest_studio::ui::App>::with_root(root).render();
    }
}
