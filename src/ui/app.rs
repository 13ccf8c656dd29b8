use std::rc::Rc;

use yew::platform::spawn_local;
use yew::prelude::*;
use yew::provide;

use super::dialogs::Dialogs;
use super::effects::{Platform, is_dark};
use super::focus::use_kept_focus;
use super::keys;
use super::pages::{Announcer, Gallery, Masthead, Notices, Pickers, Workbench};
use super::store::{Store, use_part};
use super::words::use_words;
use crate::i18n::{Locale, id};
use crate::platform::{page, prefs};
use crate::studio::{Pane, State};

/// The whole page.
#[component]
pub fn App() -> Html {
    let store = use_memo((), |()| {
        let state = State::new(Locale::from_tag(&prefs::language()));
        Store::new(state)
    });
    use_effect_with(store.clone(), |store: &Rc<Store>| {
        let store = store.clone();
        // Behind what is being drawn: when that has taken its time, Yew waits for a timer, and whatever is to be drawn
        // next waits with it.
        spawn_local(async move {
            Platform::start(&store);
            keys::listen(&store);
            follow_system_theme(&store);
        });
    });
    provide((*store).clone(), html! { <Page /> })
}

#[component]
fn Page() -> Html {
    let words = use_words();
    let pane = use_part(|state| state.pane);
    use_kept_focus("#main");
    let to_main = Callback::from(|event: MouseEvent| {
        // The address behind # is the page's own.
        event.prevent_default();
        page::focus_first("#main");
    });
    html! {
        <>
            <a class="studio-skip" href="#main" onclick={to_main}>{ words.of(id::UI_SKIP) }</a>
            <Masthead />
            if pane == Pane::Gallery {
                <Gallery />
            } else {
                <Workbench />
            }
            <Pickers />
            <Dialogs />
            <Notices />
            <Announcer />
        </>
    }
}

fn follow_system_theme(store: &Store) {
    let store = store.clone();
    prefs::on_system_theme(move || prefs::show_dark(is_dark(store.read(|state| state.theme))));
}
