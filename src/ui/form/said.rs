//! What is wrong with a field, in words, and what mends it.

use yew::prelude::*;

use super::desk::Desk;
use super::ids;
use super::part::RowRef;
use crate::check::{Finding, Severity};
use crate::form::editors;
use crate::studio::Action;
use crate::ui::components::{Icon, Sign};

/// What is worth knowing about the value, and the findings of the row, below its control.
pub fn said(desk: &Desk, row: &RowRef) -> Html {
    html! {
        <>
            { hints(desk, row) }
            { findings(desk, row) }
        </>
    }
}

/// What is worth knowing about the value.
pub fn hints(desk: &Desk, row: &RowRef) -> Html {
    // A finding says it better.
    let hints =
        if row.findings_here().all(|(_, f)| f.severity == Severity::Info) { editors::hints(row) } else { Vec::new() };
    if hints.is_empty() {
        return Html::default();
    }
    html! {
        <div class="pane-hint">
            { for hints.into_iter().map(|hint| html! {
                <span class={classes!("pane-hint__one", hint.warning.then_some("studio-warn"))}>{ desk.words.say(&hint.message) }</span>
            }) }
        </div>
    }
}

/// What is wrong.
pub fn findings(desk: &Desk, row: &RowRef) -> Html {
    if row.findings.is_empty() {
        return Html::default();
    }
    html! {
        <ul class="pane-said" id={row.id(ids::NOTES)}>
            { for row.findings_here().map(|(index, finding)| one(desk, index, finding)) }
        </ul>
    }
}

/// One finding with its fixes; `index` is its place in the document's list.
pub fn one(desk: &Desk, index: usize, finding: &Finding) -> Html {
    let (class, sign) = match finding.severity {
        Severity::Error => ("pane-said--error", Sign::Error),
        Severity::Warning => ("pane-said--warning", Sign::Warning),
        Severity::Info => ("pane-said--info", Sign::Info),
    };
    html! {
        <li key={index} class={classes!("pane-said__one", class)}>
            <Icon {sign} />
            <span>
                { desk.words.say(&finding.message) }
                { for finding.fixes.iter().enumerate().map(|(fix, mending)| {
                    let desk = desk.clone();
                    let title = desk.words.say(&mending.title);
                    let onclick = Callback::from(move |_: MouseEvent| {
                        desk.act(Action::ApplyFix { doc: desk.doc, finding: index, fix });
                    });
                    html! {
                        <>{ " " }<button type="button" class="pf-v6-c-button pf-m-link pf-m-inline pane-said__fix" {onclick}>{ title }</button></>
                    }
                }) }
            </span>
        </li>
    }
}
