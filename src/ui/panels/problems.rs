use yew::prelude::*;

use crate::check::{Finding, Severity};
use crate::i18n::{Id, id};
use crate::studio::{Action, DocRef};
use crate::ui::components::{Button, Icon, Sign};
use crate::ui::focus::use_kept_focus;
use crate::ui::pages::{line_of, name_of};
use crate::ui::store::{Part, use_part, use_store};
use crate::ui::words::use_words;

/// As many rows at first, and at each "more".
const ROWS: usize = 100;

/// What the list is narrowed to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Filter {
    All,
    Errors,
    Warnings,
    Document,
}

/// Every finding, in the order of the text, with where it is and what would mend it.
#[component]
pub fn Problems() -> Html {
    let store = use_store();
    let words = use_words();
    let findings = use_part(|state| Part::of(&state.findings));
    let index = use_part(|state| Part::of(&state.index));
    let selected = use_part(|state| state.selected);
    let filter = use_state_eq(|| Filter::All);
    let rows = use_state_eq(|| ROWS);
    // A fix takes its own button away.
    use_kept_focus("#panel", "#panel");

    let wanted = {
        let filter = *filter;
        move |at: DocRef, finding: &Finding| match filter {
            Filter::All => true,
            Filter::Errors => finding.severity == Severity::Error,
            Filter::Warnings => finding.severity == Severity::Warning,
            Filter::Document => selected == Some(at),
        }
    };
    let mut shown = Vec::new();
    let mut all = 0;
    for summary in index.files.iter().flat_map(|file| &file.documents) {
        let Some(found) = findings.of(summary.at).filter(|found| !found.all.is_empty()) else { continue };
        let numbers = found.all.iter().enumerate().filter(|(_, f)| wanted(summary.at, f));
        all += numbers.clone().count();
        let room = *rows - shown.len();
        shown.extend(numbers.take(room).map(|(number, finding)| {
            let name = name_of(summary, words);
            let line = store.read(|state| line_of(state, summary.at, finding.span));
            html! {
                <Problem key={[summary.at.file.0, summary.at.doc.0, number as u32].map(|n| n.to_string()).join("-")}
                    at={summary.at} {number} finding={FindingPart(found.clone(), number)} {name} {line} />
            }
        }));
    }
    let more = all - shown.len();
    let none = shown.is_empty();
    let chip = |value: Filter, name: Id| {
        let filter = filter.clone();
        let on = *filter == value;
        html! {
            <button type="button" class={classes!("studio-chip", on.then_some("studio-chip--on"))}
                aria-pressed={if on { "true" } else { "false" }} onclick={Callback::from(move |_| filter.set(value))}>
                { words.of(name) }
            </button>
        }
    };
    let show_more = {
        let rows = rows.clone();
        Callback::from(move |_| rows.set(*rows + ROWS))
    };
    let unchecked = || index.documents().any(|d| findings.of(d.at).is_none());
    html! {
        <>
            if !none || *filter != Filter::All {
                <div class="studio-chips studio-chips--small" role="group" aria-label={words.of(id::PANEL_FILTER)}>
                    { chip(Filter::All, id::PANEL_FILTER_ALL) }
                    { chip(Filter::Errors, id::PANEL_FILTER_ERRORS) }
                    { chip(Filter::Warnings, id::PANEL_FILTER_WARNINGS) }
                    { chip(Filter::Document, id::PANEL_FILTER_DOCUMENT) }
                </div>
            }
            if none {
                <p class="studio-hint">
                    { words.of(if *filter != Filter::All { id::PANEL_PROBLEMS_FILTERED } else if unchecked() { id::PANEL_PROBLEMS_CHECKING } else { id::PANEL_PROBLEMS_NONE }) }
                </p>
            } else {
                <ul class="studio-problems">{ for shown }</ul>
            }
            if more > 0 {
                <Button small=true label={words.with(id::PANEL_PROBLEMS_MORE, "n", more)} onclick={show_more} />
            }
        </>
    }
}

/// One finding of a shared list: the same when it says the same, though every answer of the analyst is another list.
#[derive(Clone)]
struct FindingPart(std::rc::Rc<crate::studio::DocFindings>, usize);

impl PartialEq for FindingPart {
    fn eq(&self, other: &FindingPart) -> bool {
        let same = std::rc::Rc::ptr_eq(&self.0, &other.0) && self.1 == other.1;
        same || self.0.all.get(self.1) == other.0.all.get(other.1)
    }
}

#[derive(Properties, PartialEq)]
struct ProblemProps {
    at: DocRef,
    number: usize,
    finding: FindingPart,
    name: AttrValue,
    /// From 0.
    line: Option<u32>,
}

#[component]
fn Problem(props: &ProblemProps) -> Html {
    let store = use_store();
    let words = use_words();
    let ProblemProps { at, number, finding, name, line } = props;
    let (at, number) = (*at, *number);
    let Some(finding) = finding.0.all.get(finding.1) else { return Html::default() };
    let (class, sign, said) = match finding.severity {
        Severity::Error => ("studio-bad", Sign::Error, id::PANEL_ERROR),
        Severity::Warning => ("studio-warn", Sign::Warning, id::PANEL_WARNING),
        Severity::Info => ("studio-subtle", Sign::Info, id::PANEL_INFO),
    };
    let show = store.does(Action::ShowFinding { doc: at, finding: number });
    let field = finding.field.to_string();
    let place = words.say(
        &crate::i18n::Message::new(id::UI_PLACE)
            .with("name", &**name)
            .with("line", line.map_or(1, |line| line as usize + 1)),
    );
    html! {
        <li class="studio-problem">
            <span class={classes!("studio-problem__sign", class)}><Icon {sign} /><span class="studio-unseen">{ words.of(said) }</span></span>
            <div class="studio-problem__text">
                <span>{ words.say(&finding.message) }</span>
                if let Some(server) = &finding.server {
                    <q class="studio-problem__server">{ server.clone() }</q>
                }
                if !field.is_empty() {
                    <code>{ field }</code>
                }
            </div>
            <button type="button" class="studio-place" onclick={show}>{ place }</button>
            <div class="studio-problem__fixes">
                { for finding.fixes.iter().take(2).enumerate().map(|(fix, f)| html! {
                    <Button small=true label={words.say(&f.title)} onclick={store.does(Action::ApplyFix { doc: at, finding: number, fix })} />
                }) }
            </div>
        </li>
    }
}
