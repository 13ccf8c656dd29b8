//! An object without an editor of its own: its fields as rows.

use yew::prelude::*;

use super::Field;
use crate::form::Body;
use crate::ui::form::desk::Desk;
use crate::ui::form::ids;
use crate::ui::form::part::RowRef;
use crate::ui::form::reveal::Spot;
use crate::ui::form::row::RowView;
use crate::ui::form::said;

pub fn view(field: &Field) -> Html {
    rows(field.row.rows(), field.spot, field.depth + 1)
}

/// Rows below each other.
pub fn rows(rows: Vec<RowRef>, spot: Option<&Spot>, depth: u8) -> Html {
    rows.into_iter().map(|row| one(row, spot, depth, false)).collect()
}

/// Rows side by side: plain ones as cells, those with a body below them.
pub fn line(desk: &Desk, rows: Vec<RowRef>, spot: Option<&Spot>, depth: u8) -> Html {
    let (cells, bodies): (Vec<RowRef>, Vec<RowRef>) = rows.into_iter().flat_map(open_choice).partition(is_cell);
    html! {
        <>
            <div class="pane-line">
                { for cells.iter().map(|row| one(row.clone(), spot, depth, true)) }
            </div>
            { for cells.iter().map(|row| said::findings(desk, row)) }
            { for bodies.into_iter().map(|row| one(row, spot, depth, false)) }
        </>
    }
}

fn one(row: RowRef, spot: Option<&Spot>, depth: u8, cell: bool) -> Html {
    let spot = spot.filter(|spot| spot.is_in(&row.path)).cloned();
    let key = row.id(ids::ROW).to_string();
    html! { <RowView {key} {row} {spot} {depth} {cell} /> }
}

/// A choice with what was chosen beside it.
fn open_choice(row: RowRef) -> Vec<RowRef> {
    let inner = match &row.body {
        Body::Union { .. } => row.rows().into_iter().flat_map(open_choice).collect(),
        _ => Vec::new(),
    };
    let mut all = vec![row];
    all.extend(inner);
    all
}

fn is_cell(row: &RowRef) -> bool {
    matches!(row.body, Body::Leaf | Body::Union { .. })
}
