use web_sys::DragEvent;
use yew::prelude::*;

use super::document_lines::Target;
use super::documents::{line_id, shift_document, shift_file};
use crate::i18n::{Message, id};
use crate::k8s::Gvk;
use crate::studio::{Action, Dialog, DocRef, FileId, Summary};
use crate::ui::components::{Choice, Icon, KindBadge, Menu, Sign};
use crate::ui::store::{Part, Store, use_store};
use crate::ui::words::{Words, use_words};
use crate::yaml::DocId;

/// The words for a document's name: its own, or that it has none.
pub fn name_of(summary: &Summary, words: Words) -> AttrValue {
    match &summary.name {
        Some(name) if !name.is_empty() => AttrValue::from(name.to_string()),
        _ => words.of(id::UI_NO_NAME),
    }
}

/// The kind that is written, or nothing.
pub fn kind_of(gvk: &Option<Gvk>) -> AttrValue {
    gvk.as_ref().map_or_else(AttrValue::default, |gvk| AttrValue::from(gvk.kind.clone()))
}

#[derive(Properties, PartialEq)]
pub struct FileRowProps {
    pub file: FileId,
    pub name: AttrValue,
    pub folded: bool,
    /// Errors and warnings of all its documents.
    pub errors: (usize, usize),
    pub documents: usize,
    /// Where the arrow keys are.
    pub active: bool,
    /// Its text is shown and none of its documents is selected.
    pub open: bool,
    /// Its place among the files, from 1, and how many there are.
    pub place: (usize, usize),
}

/// The line of a file.
#[component]
pub fn FileRow(props: &FileRowProps) -> Html {
    let store = use_store();
    let words = use_words();
    let file = props.file;
    let onclick = {
        let store = store.clone();
        let folded = props.folded;
        Callback::from(move |_| {
            // A click opens what is folded; the sign folds and unfolds.
            if folded {
                store.dispatch(Action::ToggleFile(file));
            }
            store.dispatch(Action::SelectFile(file));
        })
    };
    let toggle = {
        let store = store.clone();
        Callback::from(move |event: MouseEvent| {
            event.stop_propagation();
            store.dispatch(Action::ToggleFile(file));
        })
    };
    let choices = {
        let store = store.clone();
        Callback::from(move |()| file_choices(&store, file, words))
    };
    let ondrop = take_drop(&store, file, usize::MAX);
    html! {
        <div class={classes!("studio-line", "studio-line--file", props.active.then_some("studio-line--active"), props.open.then_some("studio-line--chosen"))}
            role="treeitem" id={line_id(Target::File(file))} aria-level="1" aria-expanded={if props.folded { "false" } else { "true" }}
            aria-selected={if props.open { "true" } else { "false" }}
            aria-posinset={props.place.0.to_string()} aria-setsize={props.place.1.to_string()}
            {onclick} ondragover={allow_drop()} {ondrop}>
            <span class="studio-line__fold" onclick={toggle}><Icon sign={if props.folded { Sign::Right } else { Sign::Down }} /></span>
            <span class="studio-line__name">{ props.name.clone() }</span>
            if props.folded {
                <span class="studio-line__count">{ props.documents }</span>
            }
            <Counts errors={props.errors.0} warnings={props.errors.1} checked=false />
            <Menu class="studio-line__menu" skipped={!props.active} sign={Sign::More} to_left=true name={words.with(id::UI_FILE_MENU, "name", &*props.name)} {choices} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
pub struct DocumentRowProps {
    pub summary: Part<Summary>,
    /// Errors and warnings; `None` while they are not known.
    pub findings: Option<(usize, usize)>,
    pub active: bool,
    pub selected: bool,
    pub place: (usize, usize),
    pub onselect: Callback<()>,
}

/// The line of a document.
#[component]
pub fn DocumentRow(props: &DocumentRowProps) -> Html {
    let store = use_store();
    let words = use_words();
    let summary = &props.summary;
    let at = summary.at;
    let name = name_of(summary, words);
    let onclick = {
        let (store, onselect) = (store.clone(), props.onselect.clone());
        Callback::from(move |_| {
            store.dispatch(Action::Select(at));
            onselect.emit(());
        })
    };
    let choices = {
        let store = store.clone();
        Callback::from(move |()| document_choices(&store, at, words))
    };
    let ondragstart = Callback::from(move |event: DragEvent| {
        if let Some(data) = event.data_transfer() {
            let _ = data.set_data(DRAGGED, &[at.file.0.to_string(), at.doc.0.to_string()].join("/"));
        }
    });
    let index = store.read(|state| state.index.file(at.file).and_then(|f| f.documents.iter().position(|d| d.at == at)));
    let ondrop = take_drop(&store, at.file, index.unwrap_or(usize::MAX));
    let (errors, warnings) = props.findings.unwrap_or_default();
    let kind = kind_of(&summary.gvk);
    html! {
        <div class={classes!("studio-line", "studio-line--document", props.active.then_some("studio-line--active"), props.selected.then_some("studio-line--chosen"))}
            role="treeitem" id={line_id(Target::Document(at))} aria-level="2" aria-selected={if props.selected { "true" } else { "false" }}
            aria-posinset={props.place.0.to_string()} aria-setsize={props.place.1.to_string()}
            draggable="true" {onclick} {ondragstart} ondragover={allow_drop()} {ondrop}>
            <KindBadge {kind} />
            <span class={classes!("studio-line__name", summary.name.is_none().then_some("studio-subtle"))}>{ name.clone() }</span>
            <Counts {errors} {warnings} checked={props.findings.is_some()} />
            <Menu class="studio-line__menu" skipped={!props.active} sign={Sign::More} to_left=true name={words.with(id::UI_DOCUMENT_MENU, "name", &*name)} {choices} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct CountsProps {
    errors: usize,
    warnings: usize,
    /// Whether it is known that there are none.
    checked: bool,
}

/// How many problems of either sort there are, or that there are none.
#[component]
fn Counts(props: &CountsProps) -> Html {
    let words = use_words();
    let count = |class: &'static str, sign: Sign, n: usize, text: AttrValue| {
        html! {
            <span class={classes!("studio-counts", class)} title={text.clone()}>
                <Icon {sign} />
                if n > 0 {
                    <span aria-hidden="true">{ n }</span>
                }
                <span class="studio-unseen">{ text }</span>
            </span>
        }
    };
    let some = |class, sign, id, n: usize| match n {
        0 => Html::default(),
        n => count(class, sign, n, words.say(&Message::new(id).with("n", n))),
    };
    if props.errors + props.warnings > 0 {
        html! {
            <>
                { some("studio-bad", Sign::Error, id::PANEL_ERRORS, props.errors) }
                { some("studio-warn", Sign::Warning, id::PANEL_WARNINGS, props.warnings) }
            </>
        }
    } else if props.checked {
        count("studio-good", Sign::Good, 0, words.of(id::PANEL_NO_PROBLEMS))
    } else {
        Html::default()
    }
}

/// The type of what is dragged from the list.
const DRAGGED: &str = "application/x-manifest-studio-document";

fn allow_drop() -> Callback<DragEvent> {
    Callback::from(|event: DragEvent| {
        if event.data_transfer().is_some_and(|data| data.types().iter().any(|t| t == DRAGGED)) {
            event.prevent_default();
            event.stop_propagation();
        }
    })
}

/// Puts a dragged document at `index` of `file`.
fn take_drop(store: &Store, file: FileId, index: usize) -> Callback<DragEvent> {
    let store = store.clone();
    Callback::from(move |event: DragEvent| {
        let dragged = event.data_transfer().and_then(|data| data.get_data(DRAGGED).ok()).unwrap_or_default();
        let Some((from, doc)) = dragged.split_once('/') else { return };
        let (Ok(from), Ok(doc)) = (from.parse(), doc.parse()) else { return };
        event.prevent_default();
        event.stop_propagation();
        let doc = DocRef { file: FileId(from), doc: DocId(doc) };
        let last = store.read(|state| state.index.file(file).map_or(0, |f| f.documents.len()));
        store.dispatch(Action::MoveDocument { doc, to: Some(file), index: index.min(last) });
    })
}

fn file_choices(store: &Store, file: FileId, words: Words) -> Vec<Choice> {
    let does = |name, action| Choice::new(words.of(name), store.does(action));
    let move_by = |name, by| {
        let store = store.clone();
        Choice::new(words.of(name), Callback::from(move |()| shift_file(&store, file, by)))
    };
    vec![
        does(id::UI_RENAME, Action::OpenDialog(Dialog::RenameFile(file))),
        does(id::UI_DUPLICATE, Action::DuplicateFile(file)),
        does(id::UI_COPY, Action::CopyFile(file)),
        does(id::UI_DOWNLOAD, Action::DownloadFile(file)),
        move_by(id::UI_MOVE_UP, -1),
        move_by(id::UI_MOVE_DOWN, 1),
        does(id::UI_REMOVE, Action::RemoveFile(file)).danger(),
    ]
}

fn document_choices(store: &Store, at: DocRef, words: Words) -> Vec<Choice> {
    let does = |name, action| Choice::new(words.of(name), store.does(action));
    let move_by = |name, by| {
        let store = store.clone();
        Choice::new(words.of(name), Callback::from(move |()| shift_document(&store, at, by)))
    };
    vec![
        does(id::UI_DUPLICATE, Action::DuplicateDocument(at)),
        does(id::UI_COPY, Action::CopyDocument(at)),
        move_by(id::UI_MOVE_UP, -1),
        move_by(id::UI_MOVE_DOWN, 1),
        does(id::UI_MOVE_TO_NEW_FILE, Action::MoveDocument { doc: at, to: None, index: 0 }),
        does(id::UI_REMOVE, Action::RemoveDocument(at)).danger(),
    ]
}
