use std::rc::Rc;

use web_sys::{Element, EventTarget};
use yew::prelude::*;

use super::document_lines::{Line, Lines, Target};
use super::document_row::{DocumentRow, FileRow};
use super::pickers::{pick_files, pick_folder};
use crate::i18n::id;
use crate::platform::page;
use crate::studio::{Action, Dialog, DocRef, FileId, FileIndex, Findings, Pane};
use crate::ui::components::{Button, Choice, Look, Menu, Sign};
use crate::ui::focus::use_kept_focus;
use crate::ui::store::{Part, Store, use_part, use_store};
use crate::ui::words::use_words;

/// Height of a row in CSS pixels, as in studio.css (`--studio-row`).
const ROW: f64 = 32.0;
/// Rows rendered above and below what is seen.
const BESIDE: usize = 12;

#[derive(Properties, PartialEq)]
pub struct DocumentsProps {
    /// A document was chosen by the person.
    pub onselect: Callback<()>,
}

/// The workspace's files and documents as a tree. Only the lines in view are rendered: a workspace may hold
/// thousands.
#[component]
pub fn Documents(props: &DocumentsProps) -> Html {
    let store = use_store();
    let words = use_words();
    let index = use_part(|state| Part::of(&state.index));
    let folded = use_part(|state| Part::of(&state.folded));
    let findings = use_part(|state| Part::of(&state.findings));
    let names = use_part(|state| Part::of(&state.workspace));
    let (selected, open_file) = use_part(|state| (state.selected, state.open_file));
    let active = use_state_eq(|| None::<Target>);
    let window = use_state_eq(|| (0usize, 40usize));
    let scroller = use_node_ref();
    use_kept_focus(".studio-documents__list", ".studio-documents__list");

    let lines = Rc::new(Lines::of(&index, &folded, &names));
    let fallback = selected.map(Target::Document).or(open_file.map(Target::File));
    let active_at = (*active).or(fallback).and_then(|target| lines.position(target)).unwrap_or(0);

    let look = {
        let (scroller, window) = (scroller.clone(), window.clone());
        move || {
            let Some(element) = scroller.cast::<Element>() else { return };
            let first = (element.scroll_top() as f64 / ROW) as usize;
            let many = (element.client_height() as f64 / ROW) as usize + 1;
            // In steps, so that scrolling a few pixels renders nothing.
            let from = first.saturating_sub(BESIDE) / BESIDE * BESIDE;
            window.set((from, many + 3 * BESIDE));
        }
    };
    use_effect_with((), {
        let look = look.clone();
        move |()| {
            page::before_paint(look.clone());
            let listening = page::on_window("resize", move |_| look());
            move || drop(listening)
        }
    });
    // What is selected from elsewhere (a finding, the palette) comes into view.
    use_effect_with((selected, lines.len()), {
        let (scroller, active, at) = (scroller.clone(), active.clone(), active_at);
        move |_| {
            active.set(None);
            page::before_paint(move || show(&scroller, at));
        }
    });

    let onkeydown = {
        let (store, active, scroller, onselect) =
            (store.clone(), active.clone(), scroller.clone(), props.onselect.clone());
        let lines = lines.clone();
        Callback::from(move |event: KeyboardEvent| {
            // A line's menu has keys of its own.
            if event.target() != scroller.cast::<Element>().map(EventTarget::from) {
                return;
            }
            let Some(line) = lines.get(active_at) else { return };
            let last = lines.len() - 1;
            let go = |to: usize| {
                if let Some(line) = lines.get(to) {
                    active.set(Some(line.target()));
                    show(&scroller, to);
                }
            };
            let modified = event.alt_key() || event.ctrl_key() || event.meta_key();
            match (event.key().as_str(), modified) {
                ("ArrowDown", false) => go((active_at + 1).min(last)),
                ("ArrowUp", false) => go(active_at.saturating_sub(1)),
                ("Home", false) => go(0),
                ("End", false) => go(last),
                ("PageDown", false) => go((active_at + 10).min(last)),
                ("PageUp", false) => go(active_at.saturating_sub(10)),
                ("ArrowLeft", false) => match &line {
                    Line::File { index, folded: false, .. } => store.dispatch(Action::ToggleFile(index.file)),
                    Line::Document { summary, .. } => {
                        let file = Target::File(summary.at.file);
                        go(lines.position(file).unwrap_or(active_at));
                    }
                    Line::File { .. } => {}
                },
                ("ArrowRight", false) => match &line {
                    Line::File { index, folded: true, .. } => store.dispatch(Action::ToggleFile(index.file)),
                    Line::File { .. } => go((active_at + 1).min(last)),
                    Line::Document { .. } => {}
                },
                ("Enter" | " ", false) => choose(&store, &line, &onselect),
                ("ArrowUp", true) if event.alt_key() => shift(&store, &line, -1),
                ("ArrowDown", true) if event.alt_key() => shift(&store, &line, 1),
                ("Delete", false) => remove(&store, &line),
                ("F2", false) => {
                    let file = match &line {
                        Line::File { index, .. } => index.file,
                        Line::Document { summary, .. } => summary.at.file,
                    };
                    store.dispatch(Action::OpenDialog(Dialog::RenameFile(file)));
                }
                _ => return,
            }
            event.prevent_default();
        })
    };
    let onscroll = Callback::from(move |_: Event| look());
    let (from, many) = *window;
    let from = from.min(lines.len());
    let to = (from + many).min(lines.len());
    let add = store.does(Action::OpenDialog(Dialog::AddResource));
    let choices = {
        let store = store.clone();
        Callback::from(move |()| {
            vec![
                Choice::new(words.of(id::GALLERY_OPEN_FILES), Callback::from(|()| pick_files())),
                Choice::new(words.of(id::GALLERY_OPEN_FOLDER), Callback::from(|()| pick_folder())),
                Choice::new(words.of(id::GALLERY_PASTE), store.does(Action::OpenDialog(Dialog::Paste))),
                Choice::new(
                    words.of(id::UI_NEW_FILE),
                    store.does(Action::AddFile(words.of(id::UI_NEW_FILE_NAME).to_string())),
                ),
                Choice::new(words.of(id::UI_TO_GALLERY), store.does(Action::SetPane(Pane::Gallery))),
            ]
        })
    };
    let row = |number: usize| {
        let on_line = number == active_at;
        match lines.get(number) {
            None => Html::default(),
            Some(Line::File { index, name, folded, documents, at, of }) => html! {
                <FileRow key={["f", &index.file.0.to_string()].concat()} file={index.file} {name} {folded}
                    errors={count(&index, &findings)} {documents}
                    active={on_line} open={open_file == Some(index.file) && selected.is_none()} place={(at, of)} />
            },
            Some(Line::Document { summary, at, of }) => html! {
                <DocumentRow key={doc_key(summary.at)} summary={Part(summary.clone())}
                    findings={findings.of(summary.at).map(|f| (f.errors, f.warnings))}
                    active={on_line} selected={selected == Some(summary.at)} place={(at, of)} onselect={props.onselect.clone()} />
            },
        }
    };
    html! {
        <>
            <div class="studio-documents__head">
                <Button look={Look::Primary} sign={Sign::Plus} label={words.of(id::UI_ADD_RESOURCE)} onclick={add} />
                <Menu sign={Sign::More} name={words.of(id::UI_MORE)} {choices} to_left=true />
            </div>
            if lines.len() == 0 {
                <p class="studio-hint">{ words.of(id::UI_DOCUMENTS_EMPTY) }</p>
            } else {
                <div class="studio-documents__list" role="tree" tabindex="0" ref={scroller}
                    aria-label={words.of(id::UI_DOCUMENTS)}
                    aria-activedescendant={lines.get(active_at).map(|line| line_id(line.target()))}
                    {onkeydown} {onscroll}>
                    <Space key="above" rows={from} />
                    { for (from..to).map(row) }
                    <Space key="below" rows={lines.len() - to} />
                </div>
            }
        </>
    }
}

#[derive(Properties, PartialEq)]
struct SpaceProps {
    rows: usize,
}

/// The room of rows that are not rendered. An image of that height, because the page's policy allows no
/// style attributes.
#[component]
fn Space(props: &SpaceProps) -> Html {
    if props.rows == 0 {
        return Html::default();
    }
    html! { <svg class="studio-space" width="1" height={(props.rows as f64 * ROW).to_string()} aria-hidden="true" /> }
}

fn count(file: &FileIndex, findings: &Findings) -> (usize, usize) {
    file.documents.iter().filter_map(|d| findings.of(d.at)).fold((0, 0), |(e, w), f| (e + f.errors, w + f.warnings))
}

fn choose(store: &Store, line: &Line, onselect: &Callback<()>) {
    match line {
        Line::File { index, .. } => store.dispatch(Action::SelectFile(index.file)),
        Line::Document { summary, .. } => {
            store.dispatch(Action::Select(summary.at));
            onselect.emit(());
        }
    }
}

fn remove(store: &Store, line: &Line) {
    store.dispatch(match line {
        Line::File { index, .. } => Action::RemoveFile(index.file),
        Line::Document { summary, .. } => Action::RemoveDocument(summary.at),
    });
}

fn shift(store: &Store, line: &Line, by: isize) {
    match line {
        Line::File { index, .. } => shift_file(store, index.file, by),
        Line::Document { summary, .. } => shift_document(store, summary.at, by),
    }
}

/// Moves a file up or down by one.
pub fn shift_file(store: &Store, file: FileId, by: isize) {
    let at = store.read(|state| state.workspace.files.iter().position(|f| f.id == file));
    if let Some(to) = at.and_then(|at| at.checked_add_signed(by)) {
        store.dispatch(Action::MoveFile(file, to));
    }
}

/// Moves a document up or down by one, over documents that hold nothing.
pub fn shift_document(store: &Store, doc: DocRef, by: isize) {
    let to = store.read(|state| {
        let file = state.index.file(doc.file)?;
        let mut at = file.documents.iter().position(|d| d.at == doc)?;
        loop {
            at = at.checked_add_signed(by)?;
            if !file.documents.get(at)?.null {
                return Some(at);
            }
        }
    });
    if let Some(index) = to {
        store.dispatch(Action::MoveDocument { doc, to: Some(doc.file), index });
    }
}

fn doc_key(at: DocRef) -> String {
    ["d", &at.file.0.to_string(), "-", &at.doc.0.to_string()].concat()
}

/// The id of a line's element.
pub fn line_id(target: Target) -> String {
    match target {
        Target::File(file) => ["line-", &file.0.to_string()].concat(),
        Target::Document(at) => ["line-", &at.file.0.to_string(), "-", &at.doc.0.to_string()].concat(),
    }
}

/// Scrolls so that line `at` is in view.
fn show(scroller: &NodeRef, at: usize) {
    let Some(element) = scroller.cast::<Element>() else { return };
    let top = at as f64 * ROW;
    let seen = element.scroll_top() as f64;
    let height = element.client_height() as f64;
    if top < seen {
        element.set_scroll_top(top as i32);
    } else if top + ROW > seen + height {
        element.set_scroll_top((top + ROW - height) as i32);
    }
}
