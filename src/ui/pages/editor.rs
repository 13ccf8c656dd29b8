use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use web_sys::Element;
use yew::platform::spawn_local;
use yew::prelude::*;

use super::editor_places::{Marked, lines_of_field, read_fix_id, splices};
use crate::i18n::id;
use crate::platform::editor::{self, Editor, EditorModule, Handlers};
use crate::platform::page;
use crate::studio::{Action, EditKind, Effect, FileId, FocusBy, PlacedChange, State};
use crate::ui::components::{Button, Choice, Menu, Sign};
use crate::ui::effects::is_dark;
use crate::ui::store::{Store, use_effects_of_state, use_part, use_store};
use crate::ui::words::{Words, use_words};

/// How much text is shown before the editor has come.
const PREVIEW_LINES: usize = 200;

/// The right: the text of the open file.
#[component]
pub fn EditorSide() -> Html {
    let words = use_words();
    let file = use_part(|state| {
        let file = state.workspace.file(state.open_file?)?;
        Some((file.id, AttrValue::from(file.name.to_string())))
    });
    html! {
        <section class="studio-text" aria-label={words.of(id::UI_TEXT)}>
            if let Some((file, name)) = file {
                <Bar {file} {name} />
                <TextOf {file} />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct BarProps {
    file: FileId,
    name: AttrValue,
}

#[component]
fn Bar(props: &BarProps) -> Html {
    let store = use_store();
    let words = use_words();
    let file = props.file;
    let selected = use_part(|state| state.selected);
    let many = use_part(|state| (state.workspace.files.len() > 1, state.index.documents().nth(1).is_some()));
    let choices = {
        let store = store.clone();
        Callback::from(move |()| {
            let mut choices = Vec::new();
            if let (Some(at), true) = (selected, many.1) {
                choices.push(Choice::new(words.of(id::UI_COPY_DOCUMENT), store.does(Action::CopyDocument(at))));
            }
            choices.push(Choice::new(words.of(id::UI_COPY_ALL), store.does(Action::CopyAll)));
            choices.push(Choice::new(words.of(id::UI_DOWNLOAD_ALL), store.does(Action::DownloadAll)));
            choices
        })
    };
    html! {
        <header class="studio-text__bar">
            <h2 class="studio-text__name">{ props.name.clone() }</h2>
            // Said to those who hear the page by the editor itself.
            <span class="studio-text__leave" aria-hidden="true">{ words.of(id::UI_EDITOR_LEAVE) }</span>
            <Button small=true label={words.of(id::UI_COPY)} onclick={store.does(Action::CopyFile(file))} />
            <Button small=true label={words.of(id::UI_DOWNLOAD)} onclick={store.does(Action::DownloadFile(file))} />
            if many.0 {
                <Button small=true class="studio-wide" label={words.of(id::UI_ZIP)} name={words.of(id::UI_DOWNLOAD_ALL)} onclick={store.does(Action::DownloadAll)} />
            }
            <Menu sign={Sign::More} name={words.of(id::UI_MORE)} {choices} to_left=true />
        </header>
    }
}

/// What is shown in the editor, so that what the editor does not know yet can be told it.
struct Shown {
    editor: Editor,
    file: FileId,
    text: Arc<str>,
    marked: Option<(Marked, Words)>,
}

impl Shown {
    /// Another text, with its marks; with `keep` a newer state of the same.
    fn show(&mut self, file: FileId, text: &Arc<str>, keep: bool, state: &State, words: Words) {
        self.editor.set_text(text, keep);
        (self.file, self.text, self.marked) = (file, text.clone(), None);
        self.mark(state, words);
    }

    /// Marks what is found; only the documents in which something else is found than what is marked.
    fn mark(&mut self, state: &State, words: Words) {
        let now = Marked::of(state, self.file);
        match &self.marked {
            Some((before, said)) if *said == words => {
                let (gone, new) = (before.without(&now), now.without(before));
                let groups: Vec<u32> = gone.groups().chain(new.groups()).collect();
                if !groups.is_empty() {
                    self.editor.amend(&groups, &new.marks(state, self.file, words));
                }
            }
            _ => self.editor.diagnose(&now.marks(state, self.file, words)),
        }
        self.marked = Some((now, words));
    }
}

type Place = Rc<RefCell<Option<Shown>>>;

#[derive(Properties, PartialEq)]
struct TextOfProps {
    file: FileId,
}

#[component]
fn TextOf(props: &TextOfProps) -> Html {
    let store = use_store();
    let words = use_words();
    let file = props.file;
    let parent = use_node_ref();
    let module = use_state(|| None::<EditorModule>);
    let shown: Place = use_mut_ref(|| None);
    let text = use_part(move |state| state.workspace.file(file).map(|f| TextPart(f.stream.text().clone())));
    let news = use_part(|state| state.findings.news());
    let focus = use_part(|state| state.focus.clone());
    let theme = use_part(|state| state.theme);

    use_effect_with((), {
        let (module, store) = (module.clone(), store.clone());
        move |()| {
            spawn_local(async move {
                match editor::load().await {
                    Ok(loaded) => module.set(Some(loaded)),
                    Err(words) => store.dispatch(Action::EditorFailed(words)),
                }
            });
        }
    });
    // The editor itself, once its code is there.
    use_effect_with(module.is_some(), {
        let (shown, store, parent, module) = (shown.clone(), store.clone(), parent.clone(), module.clone());
        move |_| {
            if let (Some(module), Some(parent)) = (&*module, parent.cast::<Element>()) {
                let text = store.read(|state| state.workspace.file(file).map(|f| f.stream.text().clone()));
                let text = text.unwrap_or_default();
                let dark = is_dark(store.read(|state| state.theme));
                let handlers = handlers(&store, &shown, words);
                let editor = Editor::create(module, &parent, &text, dark, &phrases(words), handlers);
                let mut there = Shown { editor, file, text, marked: None };
                store.read(|state| there.mark(state, words));
                *shown.borrow_mut() = Some(there);
                light(&shown, &store);
            }
            let shown = shown.clone();
            move || drop(shown.borrow_mut().take())
        }
    });
    // Another file, or a text that came by another way than typing and [`Effect::EditorChanges`].
    use_effect_with((file, text.clone()), {
        let (shown, store) = (shown.clone(), store.clone());
        move |(file, text)| {
            let mut place = shown.borrow_mut();
            if let (Some(shown), Some(TextPart(text))) = (&mut *place, text) {
                let same = shown.file == *file;
                if !same || !Arc::ptr_eq(&shown.text, text) {
                    if !same || shown.text != *text {
                        store.read(|state| shown.show(*file, text, same, state, words));
                    }
                    shown.text = text.clone();
                }
            }
        }
    });
    // Marks that are shown move along with the text by themselves. New ones come with the frame that shows the form:
    // beside the cursor they set the browser's selection anew, and that lays out all that was drawn before.
    use_effect_with((news, words), {
        let (shown, store) = (shown.clone(), store.clone());
        move |_| {
            page::before_paint(move || {
                page::mark("marking");
                if let Some(shown) = &mut *shown.borrow_mut() {
                    store.read(|state| shown.mark(state, words));
                }
                page::mark("marked");
            });
        }
    });
    use_effect_with(words, {
        let shown = shown.clone();
        move |words| {
            if let Some(shown) = &*shown.borrow() {
                shown.editor.set_phrases(&phrases(*words));
            }
        }
    });
    use_effect_with(theme, {
        let shown = shown.clone();
        move |theme| {
            if let Some(shown) = &*shown.borrow() {
                shown.editor.set_dark(is_dark(*theme));
            }
        }
    });
    use_effect_with((focus.clone(), text.clone()), {
        let (shown, store) = (shown.clone(), store.clone());
        move |_| light(&shown, &store)
    });
    use_effects_of_state({
        let shown = shown.clone();
        move |effect, state| hear(effect, state, &shown, words)
    });

    let preview = if module.is_none() { text.map(|TextPart(text)| beginning(&text)) } else { None };
    html! {
        <div class="studio-text__body">
            if let Some(preview) = preview {
                <pre class="studio-text__preview" tabindex="0" aria-label={words.of(id::UI_TEXT)}>{ preview }</pre>
            }
            <div class="studio-text__editor" ref={parent}></div>
        </div>
    }
}

/// A file's text: the same when it is the same pointer.
#[derive(Clone)]
struct TextPart(Arc<str>);

impl PartialEq for TextPart {
    fn eq(&self, other: &TextPart) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

fn beginning(text: &str) -> AttrValue {
    let end = text.match_indices('\n').nth(PREVIEW_LINES).map_or(text.len(), |(at, _)| at);
    AttrValue::from(text[..end].to_owned())
}

/// What the state asks of the editor.
fn hear(effect: &Effect, state: &State, place: &Place, words: Words) {
    let mut place = place.borrow_mut();
    let Some(shown) = &mut *place else { return };
    match effect {
        Effect::EditorChanges { file, changes } if *file == shown.file => {
            shown.editor.apply(&splices(changes));
            if let Some(file) = state.workspace.file(*file) {
                shown.text = file.stream.text().clone();
            }
        }
        Effect::RevealText { file, from, to } => {
            if *file != shown.file
                && let Some(there) = state.workspace.file(*file)
            {
                shown.show(*file, there.stream.text(), false, state, words);
            }
            shown.editor.select(*from, *to);
        }
        _ => {}
    }
}

/// Lights the lines of the field in focus; brings them into view when the person is elsewhere.
fn light(place: &Place, store: &Store) {
    let place = place.borrow();
    let Some(shown) = &*place else { return };
    let found = store.read(|state| {
        let focus = state.focus.as_ref().filter(|focus| focus.doc.file == shown.file)?;
        let lines = lines_of_field(state, focus.doc, &focus.path)?;
        Some((lines, focus.by))
    });
    shown.editor.light(found.map(|(lines, _)| lines));
    if let Some(((from, _), FocusBy::Form)) = found {
        shown.editor.reveal(from);
    }
}

fn handlers(store: &Store, place: &Place, words: Words) -> Handlers {
    let of = |store: &Store, place: &Place| (store.clone(), place.clone());
    let does = |action: Action| {
        let store = store.clone();
        Rc::new(move || store.dispatch(action.clone())) as Rc<dyn Fn()>
    };
    let shown_file = |place: &Place| place.try_borrow().ok().and_then(|p| p.as_ref().map(|shown| shown.file));
    let (change, select) = (of(store, place), of(store, place));
    let (action, focus) = (store.clone(), store.clone());
    let assist = of(store, place);
    let point = of(store, place);
    Handlers {
        change: Rc::new(move |splices, kind| {
            let (store, place) = &change;
            let Some(file) = shown_file(place) else { return };
            let changes =
                splices.into_iter().map(|s| PlacedChange { from: s.from, to: s.to, insert: s.insert }).collect();
            store.dispatch(Action::Typed { file, changes, kind: EditKind::parse(kind) });
            // The editor shows it already.
            let text = store.read(|state| state.workspace.file(file).map(|f| f.stream.text().clone()));
            if let (Ok(mut place), Some(text)) = (place.try_borrow_mut(), text)
                && let Some(shown) = &mut *place
            {
                shown.text = text;
            }
        }),
        select: Rc::new(move |at| {
            let (store, place) = &select;
            if let Some(file) = shown_file(place) {
                store.dispatch(Action::Cursor { file, at });
            }
        }),
        undo: does(Action::Undo),
        redo: does(Action::Redo),
        action: Rc::new(move |text| {
            if let Some((doc, finding, fix)) = read_fix_id(&text) {
                action.dispatch(Action::ApplyFix { doc, finding, fix });
            }
        }),
        focus: Rc::new(move |on| {
            if !on {
                focus.dispatch(Action::Pause);
            }
        }),
        complete: Rc::new(move |at, explicit| {
            let file = shown_file(&assist.1)?;
            assist.0.read(|state| crate::ui::assist::complete(state, file, at, explicit, words))
        }),
        hover: Rc::new(move |at| {
            let file = shown_file(&point.1)?;
            point.0.read(|state| crate::ui::assist::hover(state, file, at, words))
        }),
    }
}

/// CodeMirror's own texts (js/editor/phrases.js lists the keys).
fn phrases(words: Words) -> Vec<(&'static str, String)> {
    [
        ("editor.label", id::UI_EDITOR_LABEL),
        ("editor.leave", id::UI_EDITOR_LEAVE),
        ("Find", id::UI_EDITOR_FIND),
        ("Replace", id::UI_EDITOR_REPLACE_WITH),
        ("next", id::UI_EDITOR_NEXT),
        ("previous", id::UI_EDITOR_PREVIOUS),
        ("all", id::UI_EDITOR_ALL),
        ("match case", id::UI_EDITOR_MATCH_CASE),
        ("regexp", id::UI_EDITOR_REGEXP),
        ("by word", id::UI_EDITOR_BY_WORD),
        ("replace", id::UI_EDITOR_REPLACE),
        ("replace all", id::UI_EDITOR_REPLACE_ALL),
        ("close", id::UI_CLOSE),
        ("current match", id::UI_EDITOR_CURRENT_MATCH),
        ("on line", id::UI_EDITOR_ON_LINE),
        ("replaced match on line $", id::UI_EDITOR_REPLACED_ONE),
        ("replaced $ matches", id::UI_EDITOR_REPLACED),
        ("Go to line", id::UI_EDITOR_GO_TO_LINE),
        ("go", id::UI_EDITOR_GO),
        ("Diagnostics", id::UI_EDITOR_DIAGNOSTICS),
        ("No diagnostics", id::UI_EDITOR_NO_DIAGNOSTICS),
        ("Completions", id::UI_EDITOR_COMPLETIONS),
        ("Fold line", id::UI_EDITOR_FOLD),
        ("Unfold line", id::UI_EDITOR_UNFOLD),
        ("folded code", id::UI_EDITOR_FOLDED),
        ("unfold", id::UI_EDITOR_UNFOLD),
        ("Folded lines", id::UI_EDITOR_FOLDED_LINES),
        ("Unfolded lines", id::UI_EDITOR_UNFOLDED_LINES),
        ("to", id::UI_EDITOR_TO),
        ("Control character", id::UI_EDITOR_CONTROL),
        ("Selection deleted", id::UI_EDITOR_DELETED),
    ]
    .map(|(key, id)| (key, words.of(id).to_string()))
    .into()
}
