use std::rc::Rc;

use yew::prelude::*;
use yew::provide;

use super::dialogs::Dialogs;
use super::effects::{self, Platform, is_dark};
use super::focus::use_kept_focus;
use super::keys;
use super::pages::{Announcer, Gallery, Masthead, Notices, Workbench, listen_to_gallery};
use super::store::{Store, use_part};
use super::words::use_words;
use crate::i18n::id;
use crate::platform::{gallery, page, prefs, rest};
use crate::studio::{Action, Pane, State, StorageState};

/// The whole page.
#[component]
pub fn App() -> Html {
    let store = use_memo((), |()| {
        let start = effects::start();
        let store = Store::new(State::new(start.locale));
        store.dispatch(Action::Start(start));
        // Something may have been chosen before the code was there: then the gallery is not what is drawn first.
        listen_to_gallery(&store);
        store
    });
    use_effect_with(store.clone(), |store: &Rc<Store>| {
        let store = store.clone();
        // All that is drawn first is there. What the page does outside is the other half's.
        rest::bring();
        rest::when_here(move || {
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
    let loading = use_part(|state| state.storage == StorageState::Loading);
    let main = if pane == Pane::Gallery { "#gallery" } else { "#main" };
    use_effect_with(pane, |&pane| {
        let gallery = pane == Pane::Gallery;
        if gallery::show(gallery) {
            page::focus_first("#main");
        }
        if !gallery {
            gallery::show_leaving(false);
        }
    });
    use_effect_with(loading, |&loading| {
        if !loading {
            gallery::show_returned();
        }
    });
    use_kept_focus("main", main);
    let to_main = Callback::from(move |event: MouseEvent| {
        // The address behind # is the page's own.
        event.prevent_default();
        page::focus_first(main);
    });
    html! {
        <>
            <a class="studio-skip" href={main} onclick={to_main}>{ words.of(id::UI_SKIP) }</a>
            <Masthead />
            if pane == Pane::Gallery {
                <Gallery />
            } else {
                <Workbench />
            }
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
