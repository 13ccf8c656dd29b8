//! One field: its name and key, its editor, what it is when left out, what is wrong with it.

use yew::prelude::*;

use super::about;
use super::add_field::{AddField, has_more};
use super::desk::{Desk, use_desk};
use super::ids;
use super::list::ListView;
use super::part::RowRef;
use super::reveal::Spot;
use super::said::{hints, said};
use super::union;
use crate::check::Severity;
use crate::form::{Body, Editor};
use crate::i18n::{Message, id};
use crate::ui::components::{Button, Icon, Look, Sign};
use crate::ui::fields::{self, Field, Widget, widget};

#[derive(Properties, PartialEq)]
pub struct RowProps {
    pub row: RowRef,
    /// What is to be on the screen, when it is in this row.
    pub spot: Option<Spot>,
    #[prop_or_default]
    pub depth: u8,
    /// Whether it stands beside others, its name above it.
    #[prop_or_default]
    pub cell: bool,
}

/// A row is rendered again when what it shows became something else, and only then.
#[component]
pub fn RowView(props: &RowProps) -> Html {
    let desk = use_desk();
    let unfolded = use_state_eq(|| None::<bool>);
    let asked = use_state_eq(|| false);
    let RowProps { row, spot, depth, cell } = props;
    let bad = row.findings_here().any(|(_, finding)| finding.severity != Severity::Info);
    let field = Field {
        desk: &desk,
        row,
        spot: spot.as_ref(),
        depth: *depth,
        cell: *cell,
        bad,
        described: (!row.findings.is_empty()).then(|| row.id(ids::NOTES)),
    };
    let onfocusin = {
        let (desk, path) = (desk.clone(), row.path.clone());
        Callback::from(move |event: FocusEvent| {
            // The innermost row is the one the person is in.
            event.stop_propagation();
            desk.entered(&path);
        })
    };
    let lit = match row.body {
        Body::Leaf => spot.is_some(),
        _ => spot.as_ref().is_some_and(|spot| spot.path == row.path),
    };
    let body = match (&row.body, widget(&row.editor)) {
        (Body::List(_), _) => return html! { <ListView row={row.clone()} spot={spot.clone()} depth={*depth} /> },
        (Body::Union { .. }, _) => {
            let choice = leaf(&field, union::choice(&field), lit, true, &asked, onfocusin);
            if *cell {
                return choice;
            }
            let inner = fields::rows(row.rows(), spot.as_ref(), *depth + 1);
            return html! { <>{ choice }<div class="pane-inner">{ inner }</div></> };
        }
        (Body::Leaf, Widget::Value(view)) => {
            return leaf(&field, view(&field), lit, has_one_control(row), &asked, onfocusin);
        }
        // An object or list that is written as a whole.
        (Body::Leaf, _) => return leaf(&field, fields::raw_view(&field), lit, true, &asked, onfocusin),
        (Body::Group(_), Widget::Body { view, open }) => (view as fn(&Field) -> Html, open),
        (Body::Group(_), _) => (fields::object_view as fn(&Field) -> Html, false),
    };
    group(&field, body, lit, &unfolded, &asked, onfocusin)
}

fn leaf(
    field: &Field,
    control: Html,
    lit: bool,
    one: bool,
    asked: &UseStateHandle<bool>,
    onfocusin: Callback<FocusEvent>,
) -> Html {
    let row = field.row;
    let words = field.desk.words;
    let name = field.name();
    let name = html! {
        <>
            { name }
            if row.required {
                <span class="pane-row__required" title={words.of(id::PANE_REQUIRED)} aria-hidden="true">{ "*" }</span>
            }
        </>
    };
    html! {
        <div
            id={row.id(ids::ROW)}
            class={classes!("pane-row", lit.then_some("pane-row--lit"), field.cell.then_some("pane-row--cell"))}
            {onfocusin}
        >
            <div class="pane-row__name">
                if one {
                    <label id={field.label()} for={field.id()}>{ name }</label>
                } else {
                    <span class="pane-row__label" id={field.label()}>{ name }</span>
                }
                { key(row) }
            </div>
            <div class="pane-row__field">
                <div class="pane-row__control">
                    { control }
                    { left_out(field) }
                </div>
                // What is wrong with a cell stands below the line, where there is room.
                { if field.cell { hints(field.desk, row) } else { said(field.desk, row) } }
                { about::text(row, **asked) }
            </div>
            { tools(field, asked) }
        </div>
    }
}

/// The row's key, which may be broken behind its dots; between the words of a name that has no room in one line.
pub fn key(row: &RowRef) -> Html {
    if row.key.is_empty() {
        return Html::default();
    }
    html! {
        <code>
            { for pieces(&row.key).into_iter().map(|part| html! { <>{ part.to_owned() }<wbr /></> }) }
        </code>
    }
}

/// Letters that a line beside a control has room for (`static/form.css`).
const LINE: usize = 24;

fn pieces(key: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for mut name in key.split_inclusive('.') {
        while name.len() > LINE
            && let Some((word, _)) = name.char_indices().skip(1).find(|(_, c)| c.is_ascii_uppercase())
        {
            let (piece, rest) = name.split_at(word);
            pieces.push(piece);
            name = rest;
        }
        pieces.push(name);
    }
    pieces
}

/// Whether the row's name names one control, so that a click on it goes there.
fn has_one_control(row: &RowRef) -> bool {
    !matches!(
        row.editor,
        Editor::Boolean | Editor::Choices(_) | Editor::Strings | Editor::Table | Editor::Command | Editor::Raw
    )
}

fn left_out(field: &Field) -> Html {
    // Those that say it among their choices.
    let says_it = matches!(field.row.editor, Editor::Enum(_))
        || matches!(field.row.editor, Editor::Boolean) && fields::says_default(field);
    match &field.row.default {
        Some(default) if !(says_it || field.cell && field.row.is_set()) => {
            let words = field.desk.words;
            let value = words.label(default).to_string();
            html! { <span class="pane-hint">{ words.with(id::PANE_LEFT_OUT, "value", value) }</span> }
        }
        _ => Html::default(),
    }
}

/// What the field is for, and away with it.
fn tools(field: &Field, asked: &UseStateHandle<bool>) -> Html {
    let Field { desk, row, .. } = field;
    let named = |id| desk.words.say(&Message::new(id).with("name", field.name().to_string()));
    let clear = row.is_set().then(|| match row.body {
        Body::Union { .. } => union::clearing(desk, row),
        _ => desk.clearing(&row.path),
    });
    html! {
        <div class="pane-row__tools">
            { about::button(desk, row, &field.name(), asked) }
            if let Some(onclick) = clear {
                <Button look={Look::Plain} sign={Sign::Close} name={named(id::PANE_CLEAR)} {onclick} />
            }
        </div>
    }
}

fn group(
    field: &Field,
    (view, always): (fn(&Field) -> Html, bool),
    lit: bool,
    unfolded: &UseStateHandle<Option<bool>>,
    asked: &UseStateHandle<bool>,
    onfocusin: Callback<FocusEvent>,
) -> Html {
    let Field { desk, row, .. } = field;
    let called = field.spot.is_some_and(|spot| spot.unfold);
    let open = always || is_open(desk, row, called);
    let body = row.id(ids::BODY);
    let toggle = {
        let (desk, path, unfolded) = ((*desk).clone(), row.path.clone(), unfolded.clone());
        Callback::from(move |_: MouseEvent| {
            desk.set_fold(&path, !open);
            unfolded.set(Some(!open));
        })
    };
    let name = html! {
        <>
            <span>{ field.name() }</span>
            { key(row) }
        </>
    };
    html! {
        <div id={row.id(ids::ROW)} class={classes!("pane-group", lit.then_some("pane-row--lit"))}
            role="group" aria-labelledby={field.label()} {onfocusin}>
            <div class="pane-group__head">
                if always {
                    <span class="pane-group__name" id={field.label()}>{ name }</span>
                } else {
                    <button type="button" class="pane-group__name" id={field.label()} onclick={toggle}
                        aria-expanded={if open { "true" } else { "false" }} aria-controls={open.then(|| body.clone())}>
                        <Icon sign={if open { Sign::Down } else { Sign::Right }} />
                        { name }
                    </button>
                }
                if !row.is_set() {
                    { left_out(field) }
                }
                { tools(field, asked) }
            </div>
            { said(desk, row) }
            { about::text(row, **asked) }
            if open {
                <div class="pane-group__body" id={body}>
                    { view(field) }
                    if has_more(desk, &row.path, &row.rows()) {
                        <AddField objects={vec![row.path.clone()]} near={row.id(ids::ROW)} quiet=true />
                    }
                </div>
            }
        </div>
    }
}

/// Unfolded while there is something in it, or as the person left it.
fn is_open(desk: &Desk, row: &RowRef, called: bool) -> bool {
    if called {
        desk.set_fold(&row.path, true);
    }
    desk.fold(&row.path).unwrap_or_else(|| row.is_set())
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn only_a_name_too_long_for_a_line_is_broken_between_its_words() {
        assert_eq!(pieces("spec.hostUsers"), ["spec.", "hostUsers"]);
        assert_eq!(pieces("spec.automountServiceAccountToken"), ["spec.", "automount", "ServiceAccountToken"]);
        assert_eq!(pieces("übermäßiglangerSchlüsselName"), ["übermäßiglanger", "SchlüsselName"]);
    }
}
