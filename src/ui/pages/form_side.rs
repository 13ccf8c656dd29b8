use std::rc::Rc;

use yew::prelude::*;

use super::document_row::{kind_of, name_of};
use crate::check::{Finding, Reason, Source};
use crate::i18n::{Message, id};
use crate::studio::{Action, Dialog, DocFindings, DocRef, Pane, Summary};
use crate::ui::components::{Button, Icon, KindBadge, Look, Sign};
use crate::ui::form::FormPane;
use crate::ui::form::part::Found;
use crate::ui::store::{Part, use_part, use_store};
use crate::ui::words::{Words, use_words};

/// The middle: the form of the selected document, or why there is none.
#[component]
pub fn FormSide() -> Html {
    let words = use_words();
    let summary = use_part(|state| state.selected.and_then(|at| state.index.document(at).map(Part::of)));
    html! {
        <section class="studio-form" aria-label={words.of(id::UI_FORM)}>
            if let Some(summary) = summary {
                <DocumentHead summary={summary.clone()} />
                <DocumentBody {summary} />
            } else {
                <Nothing />
            }
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct DocumentProps {
    summary: Part<Summary>,
}

#[component]
fn DocumentHead(props: &DocumentProps) -> Html {
    let store = use_store();
    let words = use_words();
    let summary = &props.summary;
    let at = summary.at;
    let file = use_part(move |state| state.workspace.file(at.file).map(|f| AttrValue::from(f.name.to_string())));
    let (errors, warnings) =
        use_part(move |state| state.findings.of(at).map_or((0, 0), |f: &Rc<DocFindings>| (f.errors, f.warnings)));
    let kind = kind_of(&summary.gvk);
    let problems = errors + warnings;
    let show = {
        let store = store.clone();
        Callback::from(move |_| {
            let first = store.read(|state| {
                let all = &state.findings.of(at)?.all;
                (0..all.len()).min_by_key(|i| all[*i].severity)
            });
            if let Some(finding) = first {
                store.dispatch(Action::ShowFinding { doc: at, finding });
            }
        })
    };
    html! {
        <header class="studio-form__head">
            <KindBadge kind={kind.clone()} />
            <h2 class="studio-form__title">{ name_of(summary, words) }</h2>
            <span class="studio-form__kind">
                if !kind.is_empty() {
                    <span>{ kind }</span>
                    <span class="studio-form__between" aria-hidden="true"></span>
                }
                <span>{ file.unwrap_or_default() }</span>
            </span>
            if problems > 0 {
                <button type="button" class={classes!("studio-form__problems", if errors > 0 { "studio-bad" } else { "studio-warn" })} onclick={show}>
                    <Icon sign={if errors > 0 { Sign::Error } else { Sign::Warning }} />
                    { words.say(&Message::new(id::PROBLEMS_COUNT).with("n", problems)) }
                </button>
            }
        </header>
    }
}

/// Why a document has no form.
#[derive(Clone, PartialEq)]
enum NoForm {
    /// Its kind or its apiVersion is not written.
    NoKind,
    /// The schema does not have it in this version.
    Unknown(String),
    /// The schema is not there yet.
    Waiting,
}

#[component]
fn DocumentBody(props: &DocumentProps) -> Html {
    let words = use_words();
    let summary = &props.summary;
    let at = summary.at;
    let gvk = summary.gvk.clone();
    let no_form = use_part(move |state| {
        let Some(catalog) = &state.catalog else { return Some(NoForm::Waiting) };
        match &gvk {
            None => Some(NoForm::NoKind),
            Some(gvk) => match catalog.kind(&gvk.api_version(), &gvk.kind) {
                Some(kind) if kind.versions.has(state.version) => None,
                _ => Some(NoForm::Unknown(gvk.to_string())),
            },
        }
    });
    if summary.unreadable {
        return html! { <Unreadable {at} /> };
    }
    match no_form {
        None => html! { <FormPane key={[at.file.0, at.doc.0].map(|n| n.to_string()).join("-")} doc={at} /> },
        Some(NoForm::Waiting) => html! { <p class="studio-hint" role="status">{ words.of(id::UI_FORM_WAITING) }</p> },
        Some(NoForm::NoKind) => {
            html! { <Instead {at} title={words.of(id::UI_NO_KIND)} about={words.of(id::UI_NO_KIND_ABOUT)} /> }
        }
        Some(NoForm::Unknown(kind)) => html! {
            <Instead {at} title={words.with(id::UI_UNKNOWN_KIND, "kind", kind)} about={words.of(id::UI_UNKNOWN_KIND_ABOUT)} />
        },
    }
}

#[derive(Properties, PartialEq)]
struct InsteadProps {
    at: DocRef,
    title: AttrValue,
    about: AttrValue,
}

/// A sentence in place of a form, and what the document's findings say.
#[component]
fn Instead(props: &InsteadProps) -> Html {
    let at = props.at;
    let findings = use_part(move |state| state.findings.of(at).map(Found::of));
    let text = to_text(at);
    html! {
        <div class="studio-instead">
            <h2 class="pf-v6-c-title pf-m-md">{ props.title.clone() }</h2>
            <p>{ props.about.clone() }</p>
            <Said {at} findings={findings} only_kind=true />
            <ToText onclick={text} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct UnreadableProps {
    at: DocRef,
}

/// A document that cannot be read: where, and why.
#[component]
fn Unreadable(props: &UnreadableProps) -> Html {
    let words = use_words();
    let at = props.at;
    let findings = use_part(move |state| state.findings.of(at).map(Found::of));
    html! {
        <div class="studio-instead">
            <h2 class="pf-v6-c-title pf-m-md">{ words.of(id::UI_UNREADABLE) }</h2>
            <p>{ words.of(id::UI_UNREADABLE_ABOUT) }</p>
            <Said {at} {findings} only_kind=false />
            <ToText onclick={to_text(at)} />
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SaidProps {
    at: DocRef,
    findings: Option<Found>,
    /// Only what concerns the kind; else what concerns reading the text.
    only_kind: bool,
}

#[component]
fn Said(props: &SaidProps) -> Html {
    let store = use_store();
    let words = use_words();
    let at = props.at;
    let Some(findings) = props.findings.clone() else { return Html::default() };
    let wanted = |finding: &Finding| match props.only_kind {
        true => finding.reason == Reason::UnknownKind || finding.field.0.is_empty() && finding.source != Source::Yaml,
        false => finding.source == Source::Yaml,
    };
    let shown = findings.0.all.iter().enumerate().filter(|(_, finding)| wanted(finding)).take(5);
    html! {
        <ul class="studio-instead__why">
            { for shown.map(|(number, finding)| {
                let line = store.read(|state| super::editor_places::line_of(state, at, finding.span));
                let show = store.does(Action::ShowFinding { doc: at, finding: number });
                html! {
                    <li>
                        <Icon sign={Sign::Error} class="studio-bad" />
                        <span>{ words.say(&finding.message) }</span>
                        <button type="button" class="studio-place" onclick={show}>{ place(words, line) }</button>
                    </li>
                }
            }) }
        </ul>
    }
}

fn place(words: Words, line: Option<u32>) -> AttrValue {
    words.with(id::UI_LINE, "line", line.map_or(1, |line| line as usize + 1))
}

#[derive(Properties, PartialEq)]
struct ToTextProps {
    onclick: Callback<MouseEvent>,
}

#[component]
fn ToText(props: &ToTextProps) -> Html {
    let words = use_words();
    html! { <Button label={words.of(id::UI_TO_TEXT)} onclick={props.onclick.clone()} /> }
}

/// Puts the focus into the editor.
fn to_text(_at: DocRef) -> Callback<MouseEvent> {
    Callback::from(|_| {
        crate::platform::page::focus_first(".studio-text .cm-content, .studio-text pre");
    })
}

/// Nothing is selected.
#[component]
fn Nothing() -> Html {
    let store = use_store();
    let words = use_words();
    let empty = use_part(|state| state.index.documents().next().is_none());
    html! {
        <div class="studio-instead">
            if empty {
                <h2 class="pf-v6-c-title pf-m-md">{ words.of(id::UI_EMPTY) }</h2>
                <p>{ words.of(id::UI_EMPTY_ABOUT) }</p>
                <div class="studio-row">
                    <Button look={Look::Primary} sign={Sign::Plus} label={words.of(id::UI_ADD_RESOURCE)}
                        onclick={store.does(Action::OpenDialog(Dialog::AddResource))} />
                    <Button label={words.of(id::UI_TO_GALLERY)} onclick={store.does(Action::SetPane(Pane::Gallery))} />
                </div>
            } else {
                <h2 class="pf-v6-c-title pf-m-md">{ words.of(id::UI_NONE_SELECTED) }</h2>
                <p>{ words.of(id::UI_NONE_SELECTED_ABOUT) }</p>
            }
        </div>
    }
}
