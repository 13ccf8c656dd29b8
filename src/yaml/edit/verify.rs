//! Reading again what an edit made, and refusing what changed more than it should.

use serde_json::{Map, Value};

use super::super::build::MAX_DEPTH;
use super::super::document::Document;
use super::super::node::{Kind, Node};
use super::super::path::Step;
use super::super::split;
use super::write::Hand;
use super::{After, Edit, EditError, Edited, deep, shared};
use crate::text::Change;

/// Makes an edit and checks it.
pub(super) fn run(document: &Document, edit: &Edit<'_>) -> Result<Edited, EditError> {
    if document.error().is_some() {
        return Err(EditError::Unreadable);
    }
    if too_deep(edit) {
        return Err(EditError::Unfit);
    }
    let edit = &shared::settle(document, *edit);
    let mut hand = Hand::of(document);
    let first = attempt(document, edit, &hand);
    match first {
        Err(EditError::SideEffect(_)) if hand.literal => {
            // A block may not do where quotes do.
            hand.literal = false;
            attempt(document, edit, &hand)
        }
        result => result,
    }
}

/// Whether the edit would nest deeper than any document may.
fn too_deep(edit: &Edit<'_>) -> bool {
    fn fits(value: &Value, left: usize) -> bool {
        match value {
            Value::Object(map) => left > 0 && map.values().all(|value| fits(value, left - 1)),
            Value::Array(list) => left > 0 && list.iter().all(|value| fits(value, left - 1)),
            _ => true,
        }
    }
    let (path, value) = match edit {
        Edit::Set { path, value } | Edit::Append { path, value } | Edit::Insert { path, value, .. } => {
            (path, Some(*value))
        }
        Edit::Delete { path } | Edit::Rename { path, .. } | Edit::Move { path, .. } => (path, None),
    };
    match MAX_DEPTH.checked_sub(path.len() + 1) {
        Some(left) => value.is_some_and(|value| !fits(value, left)),
        None => true,
    }
}

fn attempt(document: &Document, edit: &Edit<'_>, hand: &Hand) -> Result<Edited, EditError> {
    let deep::Made { document: made, changes } = deep::make(document, edit, hand)?;
    let refuse =
        |what: &str| Err(shared::why(document, edit).unwrap_or_else(|| EditError::SideEffect(what.to_owned())));
    if let Some(error) = made.error() {
        return refuse(&error.kind.to_string());
    }
    if !came_out(document.root(), made.root(), edit)? {
        return refuse("another value changed");
    }
    let (old, new) = (document.text(), made.text());
    if hand.json && !made.is_json() {
        return refuse("the text is no JSON any more");
    }
    if split::starts(new).len() != split::starts(old).len() && !document.is_json() {
        return refuse("a document began or ended");
    }
    if old.ends_with('\n') && !new.is_empty() && !new.ends_with('\n') {
        return refuse("the last line lost its end");
    }
    // Splices that are known stay where they are; their common ends go.
    let (first, last) = match changes.as_deref() {
        Some([]) => return Ok(Edited { change: Change::new(0, 0, ""), document: made }),
        Some([first, .., last]) => (first.from, last.to),
        Some([only]) => (only.from, only.to),
        None => (0, old.len()),
    };
    let behind = new.len() + last - old.len();
    let change = difference(&old[first..last], &new[first..behind]).shift(first);
    Ok(Edited { change, document: made })
}

/// The smallest splice from one text to the other, as far to the front as it can be; never inside a
/// character or a `\r\n`.
fn difference(old: &str, new: &str) -> Change {
    let (a, b) = (old.as_bytes(), new.as_bytes());
    let mut tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(a.len() - tail)
        || !new.is_char_boundary(b.len() - tail)
        || splits_break(a, a.len() - tail)
        || splits_break(b, b.len() - tail)
    {
        tail -= 1;
    }
    let rest = a.len().min(b.len()) - tail;
    let mut head = a.iter().zip(b).take(rest).take_while(|(a, b)| a == b).count();
    while !old.is_char_boundary(head) || !new.is_char_boundary(head) || splits_break(a, head) || splits_break(b, head) {
        head -= 1;
    }
    Change::new(head, a.len() - tail, &new[head..b.len() - tail])
}

fn splits_break(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes.get(at) == Some(&b'\n') && bytes[at - 1] == b'\r'
}

/// Whether the edit makes `new` of `old`. What stands beside its way is compared as it is, which costs a letter in a
/// long document a fifth of what making values of it all does; they are made of the place where it happens.
fn came_out(old: Option<Node<'_>>, new: Option<Node<'_>>, edit: &Edit<'_>) -> Result<bool, EditError> {
    let ordered = !matches!(edit, Edit::Set { .. });
    if let ([step, _, ..], Some(a), Some(b)) = (edit.path(), old, new)
        && let (Some(from), Some(to)) = (a.step(step), b.step(step))
    {
        return Ok(alike(a, b, Some(step), ordered) && came_out(Some(from), Some(to), &edit.below(1))?);
    }
    let value = |node: Option<Node<'_>>| node.map_or(Value::Null, Node::to_json);
    let mut want = value(old);
    expect(&mut want, edit)?;
    Ok(same(&want, &value(new), ordered))
}

/// Whether two nodes have the same value, as [`same`] sees it; what is at the step `but` left out.
fn alike(a: Node<'_>, b: Node<'_>, but: Option<&Step>, ordered: bool) -> bool {
    match (a.kind(), b.kind()) {
        (Kind::Map, Kind::Map) => {
            let (entries, others) = (a.entries(), b.entries());
            entries.len() == others.len()
                && entries.zip(others).all(|(entry, other)| {
                    let other =
                        if entry.key == other.key { Some(other.value) } else { b.get(entry.key).filter(|_| !ordered) };
                    let left_out = matches!(but, Some(Step::Key(key)) if key == entry.key);
                    other.is_some_and(|other| left_out || alike(entry.value, other, None, ordered))
                })
        }
        (Kind::Seq, Kind::Seq) => {
            let mut pairs = a.items().zip(b.items()).enumerate();
            a.items().len() == b.items().len()
                && pairs.all(|(at, (item, other))| but == Some(&Step::Index(at)) || alike(item, other, None, ordered))
        }
        (Kind::Scalar, Kind::Scalar) => a.scalar() == b.scalar() || same(&a.to_json(), &b.to_json(), ordered),
        _ => false,
    }
}

/// Whether two values are the same; numbers by their value.
pub(super) fn same(a: &Value, b: &Value, ordered: bool) -> bool {
    match (a, b) {
        (Value::Number(x), Value::Number(y)) => x == y || (x.is_f64() || y.is_f64()) && x.as_f64() == y.as_f64(),
        (Value::Array(x), Value::Array(y)) => x.len() == y.len() && x.iter().zip(y).all(|(x, y)| same(x, y, ordered)),
        (Value::Object(x), Value::Object(y)) if ordered => {
            x.len() == y.len() && x.iter().zip(y).all(|((k, x), (l, y))| k == l && same(x, y, ordered))
        }
        (Value::Object(x), Value::Object(y)) => {
            x.len() == y.len() && x.iter().all(|(k, x)| y.get(k).is_some_and(|y| same(x, y, ordered)))
        }
        _ => a == b,
    }
}

/// Makes the edit on the value.
pub(super) fn expect(value: &mut Value, edit: &Edit<'_>) -> Result<(), EditError> {
    match edit {
        Edit::Set { path, value: new } => {
            *reach(value, path)? = (*new).clone();
        }
        Edit::Append { path, value: new } => match reach(value, path)? {
            Value::Array(list) => list.push((*new).clone()),
            slot @ Value::Null => *slot = Value::Array(vec![(*new).clone()]),
            _ => return Err(EditError::Unfit),
        },
        Edit::Insert { path, key, value: new, after } => {
            let slot = reach(value, path)?;
            match key {
                Some(key) => {
                    if slot.is_null() {
                        *slot = Value::Object(Map::new());
                    }
                    let Value::Object(map) = slot else { return Err(EditError::Unfit) };
                    if map.contains_key(*key) {
                        // An override of a merge: it stands where the merge brought it in.
                        map.insert((*key).to_owned(), (*new).clone());
                        return Ok(());
                    }
                    let at = position(after, map.len(), |step| match step {
                        Step::Key(key) => map.keys().position(|k| k == key),
                        Step::Index(_) => None,
                    })?;
                    put(map, at, (*key).to_owned(), (*new).clone());
                }
                None => {
                    if slot.is_null() {
                        *slot = Value::Array(Vec::new());
                    }
                    let Value::Array(list) = slot else { return Err(EditError::Unfit) };
                    let at = position(after, list.len(), |step| match step {
                        Step::Index(index) => Some(*index).filter(|index| *index < list.len()),
                        Step::Key(_) => None,
                    })?;
                    list.insert(at, (*new).clone());
                }
            }
        }
        Edit::Delete { path } => {
            let (step, parent) = path.split_last().ok_or(EditError::Unfit)?;
            match (reach(value, parent)?, step) {
                (Value::Object(map), Step::Key(key)) => {
                    map.shift_remove(key);
                }
                (Value::Array(list), Step::Index(index)) if *index < list.len() => {
                    list.remove(*index);
                }
                _ => return Err(EditError::NotFound),
            }
        }
        Edit::Rename { path, key } => {
            let (step, parent) = path.split_last().ok_or(EditError::Unfit)?;
            let (Value::Object(map), Step::Key(old)) = (reach(value, parent)?, step) else {
                return Err(EditError::Unfit);
            };
            let at = map.keys().position(|k| k == old).ok_or(EditError::NotFound)?;
            let inner = map.shift_remove(old).unwrap_or_default();
            put(map, at, (*key).to_owned(), inner);
        }
        Edit::Move { path, after } => {
            let (step, parent) = path.split_last().ok_or(EditError::Unfit)?;
            if **after == After::Step(step.clone()) {
                return Ok(());
            }
            match (reach(value, parent)?, step) {
                (Value::Object(map), Step::Key(key)) => {
                    let inner = map.shift_remove(key).ok_or(EditError::NotFound)?;
                    let at = position(after, map.len(), |step| match step {
                        Step::Key(key) => map.keys().position(|k| k == key),
                        Step::Index(_) => None,
                    })?;
                    put(map, at, key.clone(), inner);
                }
                (Value::Array(list), Step::Index(index)) if *index < list.len() => {
                    let inner = list.remove(*index);
                    let at = position(after, list.len(), |step| match step {
                        Step::Index(behind) if behind > index => Some(*behind - 1),
                        Step::Index(behind) => Some(*behind),
                        Step::Key(_) => None,
                    })?;
                    list.insert(at.min(list.len()), inner);
                }
                _ => return Err(EditError::NotFound),
            }
        }
    }
    Ok(())
}

fn position(after: &After, len: usize, find: impl Fn(&Step) -> Option<usize>) -> Result<usize, EditError> {
    match after {
        After::First => Ok(0),
        After::Last => Ok(len),
        After::Step(step) => find(step).map(|at| at + 1).ok_or(EditError::NotFound),
    }
}

/// Inserts at a place of a map.
fn put(map: &mut Map<String, Value>, at: usize, key: String, value: Value) {
    let mut rest: Vec<(String, Value)> = std::mem::take(map).into_iter().collect();
    rest.insert(at.min(rest.len()), (key, value));
    map.extend(rest);
}

/// The value at a path; what is missing on the way comes into being.
fn reach<'v>(value: &'v mut Value, path: &[Step]) -> Result<&'v mut Value, EditError> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => {
            if value.is_null() {
                *value = Value::Object(Map::new());
            }
            match value {
                Value::Object(map) => Ok(map.entry(key.clone()).or_insert(Value::Null)),
                _ => Err(EditError::Unfit),
            }
        }
        Step::Index(index) => {
            if value.is_null() {
                *value = Value::Array(Vec::new());
            }
            match value {
                Value::Array(list) => {
                    if *index == list.len() {
                        list.push(Value::Null);
                    }
                    list.get_mut(*index).ok_or(EditError::NotFound)
                }
                _ => Err(EditError::Unfit),
            }
        }
    })
}
