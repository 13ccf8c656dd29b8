//! A list of objects: cards that fold to a line of summary, lines, or chips that open into their fields.

use yew::prelude::*;

use super::about;
use super::add_field::{AddField, has_more};
use super::desk::{Desk, at, use_desk};
use super::ids;
use super::part::{CardRef, RowRef};
use super::reveal::Spot;
use super::row::key;
use super::said::said;
use crate::form::{Body, FormEdit};
use crate::i18n::{Message, id};
use crate::ui::components::{Button, Choice, Icon, Look, Menu, Sign};
use crate::ui::fields::{self, Item, Widget, widget};
use crate::yaml::Step;

#[derive(Properties, PartialEq)]
pub struct ListProps {
    pub row: RowRef,
    pub spot: Option<Spot>,
    pub depth: u8,
}

#[component]
pub fn ListView(props: &ListProps) -> Html {
    let desk = use_desk();
    let ListProps { row, spot, depth } = props;
    let Body::List(list) = &row.body else { return Html::default() };
    let words = desk.words;
    let cards = row.cards();
    let again = {
        let again = use_force_update();
        use_callback((), move |(), ()| again.force_update())
    };
    let asked = use_state_eq(|| false);
    use_effect({
        let desk = desk.clone();
        move || desk.go()
    });
    let (lines, chips) = match widget(&row.editor) {
        Widget::Item(Item::Line) => (true, false),
        Widget::Item(Item::Chip) => (false, true),
        Widget::Item(Item::Either) => (false, cards.iter().all(is_plain)),
        _ => (false, false),
    };
    // Beside its name, as a row, while nothing of it is unfolded below.
    let beside = chips || cards.is_empty();
    let name = words.label(&row.label);
    let item = words.label(&list.item);
    let add = {
        let (desk, path, template, next) = (desk.clone(), row.path.clone(), list.template.clone(), cards.len());
        Callback::from(move |_: MouseEvent| {
            let new = at(&path, next);
            desk.set_fold(&new, true);
            desk.want(new);
            desk.edit(FormEdit::Append { path: path.clone(), value: template.clone() });
        })
    };
    let onfocusin = {
        let (desk, path) = (desk.clone(), row.path.clone());
        Callback::from(move |event: FocusEvent| {
            event.stop_propagation();
            desk.entered(&path);
        })
    };
    let adding = html! {
        <button type="button" id={row.id(ids::CONTROL)} class="pf-v6-c-button pf-m-secondary pf-m-small pane-add" onclick={add}>
            <span class="pf-v6-c-button__icon"><Icon sign={Sign::Plus} /></span>
            <span class="pf-v6-c-button__text">{ item }</span>
        </button>
    };
    let lit = spot.as_ref().is_some_and(|spot| spot.path == row.path);
    let named = |id, name: &AttrValue| words.say(&Message::new(id).with("name", name.to_string()));
    html! {
        <div id={row.id(ids::ROW)} class={classes!("pane-list", beside.then_some("pane-list--beside"), lit.then_some("pane-row--lit"))}
            role="group" aria-labelledby={row.id(ids::LABEL)} {onfocusin}>
            <div class="pane-list__head">
                <div class="pane-list__label">
                    <span class="pane-list__name" id={row.id(ids::LABEL)}>{ name.clone() }</span>
                    { key(row) }
                </div>
                if beside {
                    <div class="pane-row__control">
                        if chips && !cards.is_empty() {
                            <ul class="pane-chips">
                                { for cards.iter().map(|card| chip(&desk, card, cards.len(), spot.as_ref(), &again)) }
                            </ul>
                        }
                        { adding.clone() }
                        if let (false, Some(default)) = (row.is_set(), &row.default) {
                            <span class="pane-hint">{ words.with(id::PANE_LEFT_OUT, "value", words.label(default).to_string()) }</span>
                        }
                    </div>
                }
                <div class="pane-row__tools">
                    { about::button(&desk, row, &name, &asked) }
                    if row.is_set() {
                        <Button look={Look::Plain} sign={Sign::Close} name={named(id::PANE_CLEAR, &name)} onclick={desk.clearing(&row.path)} />
                    }
                </div>
            </div>
            { said(&desk, row) }
            { about::text(row, *asked) }
            { for cards.iter().filter(|card| !chips || is_open(&desk, card, spot.as_ref())).map(|card| {
                let spot = spot.as_ref().filter(|spot| spot.is_in(&card.path)).cloned();
                let first = *depth == 0 && card.index == 0;
                html! { <CardView key={card.index} card={card.clone()} count={cards.len()} {spot} depth={*depth} {lines} again={chips.then(|| again.clone())} {first} /> }
            }) }
            if !beside {
                <div class="pane-adds">{ adding }</div>
            }
        </div>
    }
}

/// Whether a chip's fields are shown: as the person left it, and where something is wrong with them.
fn is_open(desk: &Desk, card: &CardRef, spot: Option<&Spot>) -> bool {
    if spot.is_some_and(|spot| spot.unfold && spot.is_in(&card.path) && spot.path.len() > card.path.len()) {
        desk.set_fold(&card.path, true);
    }
    desk.fold(&card.path).unwrap_or(card.problems > 0)
}

/// An item on one line; its fields are shown below the line when it is chosen.
fn chip(desk: &Desk, card: &CardRef, count: usize, spot: Option<&Spot>, again: &Callback<()>) -> Html {
    let path = &card.path;
    let open = is_open(desk, card, spot);
    let toggle = {
        let (desk, path, again) = (desk.clone(), path.clone(), again.clone());
        Callback::from(move |_: MouseEvent| {
            desk.set_fold(&path, !open);
            if !open {
                desk.want(path.clone());
            }
            again.emit(());
        })
    };
    let without: Vec<usize> = (0..count).filter(|i| *i != card.index).collect();
    let remove = does(desk, card, FormEdit::Clear { path: path.clone() }, without, card.index);
    let lit = spot.is_some_and(|spot| spot.is_in(path));
    let class = classes!(
        "pane-chip",
        (lit || open).then_some("pane-chip--lit"),
        (card.problems > 0).then_some("pane-chip--bad")
    );
    html! {
        <li key={card.index} id={(!open).then(|| ids::id(ids::ROW, path))} {class}>
            <button type="button" class="pane-chip__text" id={ids::id(ids::LABEL, path)} onclick={toggle}
                aria-expanded={if open { "true" } else { "false" }} aria-controls={open.then(|| ids::id(ids::ROW, path))}>
                <b>{ card.title.clone() }</b>
                if !card.summary.is_empty() {
                    <span class="pane-chip__rest">{ card.summary.clone() }</span>
                }
                if card.problems > 0 {
                    <span class="pane-chip__problems">{ desk.words.say(&Message::new(id::PROBLEMS_COUNT).with("n", card.problems)) }</span>
                }
            </button>
            <Button look={Look::Plain} sign={Sign::Close} class="pane-chip__close"
                name={desk.words.with(id::PANE_REMOVE_ENTRY, "name", card.title.as_str())}
                onclick={remove.reform(|_: MouseEvent| ())} />
        </li>
    }
}

/// Whether all of it fits into a line.
fn is_plain(card: &CardRef) -> bool {
    let leaf = |row: &RowRef| matches!(row.body, Body::Leaf | Body::Union { .. });
    card.rows.len() <= 6 && card.rows().iter().all(|row| leaf(row) && row.rows().iter().all(leaf))
}

#[derive(Properties, PartialEq)]
struct CardProps {
    card: CardRef,
    count: usize,
    spot: Option<Spot>,
    depth: u8,
    lines: bool,
    /// Where it is the open chip of a list, which is to be rendered again when it folds.
    again: Option<Callback<()>>,
    /// Unfolded until somebody folds it.
    first: bool,
}

#[component]
fn CardView(props: &CardProps) -> Html {
    let desk = use_desk();
    let folding = use_force_update();
    let CardProps { card, count, spot, depth, lines, again, first } = props;
    let path = &card.path;
    if spot.as_ref().is_some_and(|spot| spot.unfold && spot.path.len() > path.len()) {
        desk.set_fold(path, true);
    }
    let open = *lines || desk.fold(path).unwrap_or(*first);
    let onfocusin = {
        let (desk, path) = (desk.clone(), path.clone());
        Callback::from(move |event: FocusEvent| {
            event.stop_propagation();
            desk.entered(&path);
        })
    };
    let lit = spot.as_ref().is_some_and(|spot| spot.path == *path || !open);
    let menu = html! {
        <Menu class="pane-card__menu" sign={Sign::More} to_left=true
            name={desk.words.with(id::PANE_ACTIONS, "name", card.title.as_str())}
            choices={menu(&desk, card, *count)} />
    };
    if *lines || again.is_some() {
        let onkeydown = again.clone().map(|again| {
            let (desk, path) = (desk.clone(), path.clone());
            Callback::from(move |event: KeyboardEvent| {
                if event.key() == "Escape" {
                    event.stop_propagation();
                    desk.set_fold(&path, false);
                    desk.want(path.clone());
                    again.emit(());
                }
            })
        });
        return html! {
            <div id={ids::id(ids::ROW, path)} class={classes!("pane-item", lit.then_some("pane-row--lit"))}
                role="group" aria-label={card.title.clone()} {onfocusin} {onkeydown}>
                <div class="pane-item__fields">
                    { fields::line(&desk, card.rows(), spot.as_ref(), *depth + 1) }
                    if again.is_some() && has_more(&desk, path, &card.rows()) {
                        <AddField objects={vec![path.clone()]} near={ids::id(ids::ROW, path)} quiet=true />
                    }
                </div>
                { menu }
            </div>
        };
    }
    let toggle = {
        let (desk, path) = (desk.clone(), path.clone());
        Callback::from(move |_: MouseEvent| {
            desk.set_fold(&path, !open);
            folding.force_update();
        })
    };
    let body = ids::id(ids::BODY, path);
    html! {
        <div id={ids::id(ids::ROW, path)} class={classes!("pane-card", lit.then_some("pane-card--lit"))} {onfocusin}>
            <div class="pane-card__head">
                <button type="button" class="pane-card__toggle" onclick={toggle} id={ids::id(ids::LABEL, path)}
                    aria-expanded={if open { "true" } else { "false" }} aria-controls={open.then(|| body.clone())}>
                    <Icon sign={if open { Sign::Down } else { Sign::Right }} />
                    <b>{ card.title.clone() }</b>
                    <span class="pane-card__summary">{ card.summary.clone() }</span>
                    if card.problems > 0 {
                        <span class="pane-card__problems">{ desk.words.say(&Message::new(id::PROBLEMS_COUNT).with("n", card.problems)) }</span>
                    }
                </button>
                { menu }
            </div>
            if open {
                <div class="pane-card__body" id={body} role="group" aria-labelledby={ids::id(ids::LABEL, path)}>
                    { fields::rows(card.rows(), spot.as_ref(), *depth + 1) }
                    if has_more(&desk, path, &card.rows()) {
                        <AddField objects={vec![path.clone()]} near={ids::id(ids::ROW, path)} />
                    }
                </div>
            }
        </div>
    }
}

fn menu(desk: &Desk, card: &CardRef, count: usize) -> Callback<(), Vec<Choice>> {
    let (desk, card) = (desk.clone(), card.clone());
    Callback::from(move |()| {
        let words = desk.words;
        let index = card.index;
        let does = |edit: FormEdit, order: Vec<usize>, then: usize| does(&desk, &card, edit, order, then);
        let path = card.path.clone();
        let moved = |to: usize| {
            let mut order: Vec<usize> = (0..count).collect();
            if index < count && to < count {
                order.swap(index, to);
            }
            does(FormEdit::Move { path: path.clone(), to }, order, to)
        };
        let doubled: Vec<usize> = (0..=index).chain(index..count).collect();
        let without: Vec<usize> = (0..count).filter(|i| *i != index).collect();
        vec![
            Choice::new(words.of(id::PANE_MOVE_UP), moved(index.saturating_sub(1))).disabled(index == 0),
            Choice::new(words.of(id::PANE_MOVE_DOWN), moved(index + 1)).disabled(index + 1 >= count),
            Choice::new(
                words.of(id::PANE_DUPLICATE),
                does(FormEdit::Duplicate { path: path.clone() }, doubled, index + 1),
            ),
            Choice::new(words.of(id::PANE_REMOVE), does(FormEdit::Clear { path: path.clone() }, without, index))
                .danger(),
        ]
    })
}

/// An edit of the card's list: `order` has the old place of each, `then` the one that gets the keyboard.
fn does(desk: &Desk, card: &CardRef, edit: FormEdit, order: Vec<usize>, then: usize) -> Callback<()> {
    let (desk, list) = (desk.clone(), card.list.path.clone());
    Callback::from(move |()| {
        reorder_folds(&desk, &list, &order);
        desk.want(match order.len().checked_sub(1) {
            Some(last) => at(&list, then.min(last)),
            // Nothing is left but the button that adds.
            None => list.clone(),
        });
        desk.edit(edit.clone());
    })
}

/// Cards stay folded or unfolded where they go: `order` has the old place of each.
fn reorder_folds(desk: &Desk, list: &[Step], order: &[usize]) {
    let folds: Vec<Option<bool>> = order.iter().map(|&old| desk.fold(&at(list, old))).collect();
    for (new, open) in folds.into_iter().enumerate() {
        if let Some(open) = open {
            desk.set_fold(&at(list, new), open);
        }
    }
}
