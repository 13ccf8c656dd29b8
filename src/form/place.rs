//! Puts each finding at the row it speaks of.

use std::sync::Arc;

use super::model::{Body, Form, Row};
use crate::check::{Finding, Severity};
use crate::yaml::Step;

/// Gives every finding to the deepest row that stands for its place, counts them upwards, and leaves
/// the rest to the form itself. With `only`, the rows of the other sections are left as they are: what
/// lies there is counted.
pub(super) fn place(form: &mut Form, findings: &[Finding], only: Option<usize>) {
    for (index, finding) in findings.iter().enumerate() {
        let depths = form.sections.iter().map(|section| depth(&section.rows, &finding.path));
        // Of the same list in several sections, the one whose rows reach deepest; the first of equals.
        let best = depths.enumerate().fold(None, |best: Option<(usize, usize)>, (at, depth)| match depth {
            Some(depth) if best.is_none_or(|b| depth > b.1) => Some((at, depth)),
            _ => best,
        });
        match best {
            Some((at, _)) => {
                let section = &mut form.sections[at];
                let counts = usize::from(finding.severity != Severity::Info);
                section.problems += counts;
                if only.is_none_or(|only| only == at) {
                    give(Arc::make_mut(&mut section.rows).as_mut_slice(), &finding.path, index, counts);
                }
            }
            None => form.unplaced.push(index),
        }
    }
}

/// The length of the longest path of a row that `path` lies in. The row of a union stands for its
/// object only where the union's own keys are meant.
fn depth(rows: &[Row], path: &[Step]) -> Option<usize> {
    rows.iter().filter(|row| stands_for(row, path)).map(|row| inner(row, path).unwrap_or(row.path.len())).max()
}

fn inner(row: &Row, path: &[Step]) -> Option<usize> {
    match &row.body {
        Body::Leaf => None,
        Body::Group(rows) | Body::Union { rows, .. } => depth(rows, path),
        Body::List(list) => {
            let card = list.cards.iter().find(|card| path.starts_with(&card.path))?;
            Some(depth(&card.rows, path).unwrap_or(card.path.len()))
        }
    }
}

fn stands_for(row: &Row, path: &[Step]) -> bool {
    if !path.starts_with(&row.path) {
        return false;
    }
    match (&row.body, path.get(row.path.len())) {
        (Body::Union { choices, .. }, Some(Step::Key(key))) => {
            choices.iter().any(|c| c.key.split('.').next() == Some(key.as_str()))
        }
        _ => true,
    }
}

fn give(rows: &mut [Row], path: &[Step], index: usize, counts: usize) {
    let reach = |row: &Row| stands_for(row, path).then(|| inner(row, path).unwrap_or(row.path.len()));
    let best = rows.iter().enumerate().fold(None, |best: Option<(usize, usize)>, (at, row)| match reach(row) {
        Some(depth) if best.is_none_or(|b| depth > b.1) => Some((at, depth)),
        _ => best,
    });
    let Some((at, _)) = best else { return };
    let row = &mut rows[at];
    let deeper = inner(row, path).is_some();
    match &mut row.body {
        Body::Group(rows) | Body::Union { rows, .. } if deeper => give(rows, path, index, counts),
        Body::List(list) if deeper => {
            let Some(card) = list.cards.iter_mut().find(|card| path.starts_with(&card.path)) else { return };
            card.problems += counts;
            card.found += 1;
            if depth(&card.rows, path).is_some() {
                give(Arc::make_mut(&mut card.rows).as_mut_slice(), path, index, counts);
            } else {
                // The item as a whole: said at the list, the card counts it.
                row.findings.push(index);
            }
        }
        _ => row.findings.push(index),
    }
}
