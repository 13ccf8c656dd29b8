//! Edits: each returns the smallest splice in the document's own text, or refuses.
//!
//! After each splice the text is read again and compared: if anything but the target changed, the
//! edit is refused with [`EditError::SideEffect`] and the text stays as it was.

mod deep;
mod parts;
mod place;
mod shared;
mod value;
mod verify;
mod write;

use serde_json::Value;

use super::document::Document;
use super::node::{Kind, Node};
use super::path::Step;
use super::tree::Data;
use crate::text::{Change, Span};
use parts::New;
use place::Place;
use write::Hand;
pub use write::emit;

/// Why an edit was not made. The text is as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The document cannot be read; mend the text first.
    Unreadable,
    /// There is nothing at that path (or its parent is no map or list).
    NotFound,
    /// The key is there already.
    Exists,
    /// Aliases repeat what stands here, so the edit would change those places too: where they are.
    Shared(Vec<Span>),
    /// The entry comes from a merge, so it cannot be taken from its map: where the `<<` is that brings it.
    Merged(Span),
    /// The operation does not fit what stands there (append to a scalar, rename an item).
    Unfit,
    /// The splice would have changed something else too: a defect of the editor, refused.
    SideEffect(String),
}

/// Where a new entry or item goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum After {
    /// Behind this key or item of the same parent.
    Step(Step),
    /// Before everything.
    First,
    /// Behind everything.
    Last,
}

/// An edit that was made.
pub struct Edited {
    /// The splice.
    pub change: Change,
    /// The document after it, as it was read to be compared.
    pub document: Document,
}

/// Sets the value at `path`, creating the maps on the way that are missing. Keeps the style of what was there.
pub fn set(document: &Document, path: &[Step], value: &Value) -> Result<Change, EditError> {
    set_read(document, path, value).map(|edited| edited.change)
}

/// As [`set`], for those who go on with what it made.
pub fn set_read(document: &Document, path: &[Step], value: &Value) -> Result<Edited, EditError> {
    verify::run(document, &Edit::Set { path, value })
}

/// Inserts a new key into the map at `path` (or, with an index in `after` and no key, an item into a list).
pub fn insert(
    document: &Document,
    path: &[Step],
    key: Option<&str>,
    value: &Value,
    after: &After,
) -> Result<Change, EditError> {
    verify::run(document, &Edit::Insert { path, key, value, after }).map(|edited| edited.change)
}

/// Appends an item to the list at `path`, creating the list when the path is missing.
pub fn append(document: &Document, path: &[Step], value: &Value) -> Result<Change, EditError> {
    verify::run(document, &Edit::Append { path, value }).map(|edited| edited.change)
}

/// Deletes the entry or item at `path`; its own comment goes with it. A parent that becomes empty stays as `{}` or `[]`.
pub fn delete(document: &Document, path: &[Step]) -> Result<Change, EditError> {
    verify::run(document, &Edit::Delete { path }).map(|edited| edited.change)
}

/// Gives the entry at `path` the key `key`; its value and place stay.
pub fn rename(document: &Document, path: &[Step], key: &str) -> Result<Change, EditError> {
    verify::run(document, &Edit::Rename { path, key }).map(|edited| edited.change)
}

/// Moves the entry or item at `path` behind `after` in the same parent, comments included.
pub fn move_to(document: &Document, path: &[Step], after: &After) -> Result<Change, EditError> {
    verify::run(document, &Edit::Move { path, after }).map(|edited| edited.change)
}

/// What is to be done.
#[derive(Clone, Copy)]
pub(super) enum Edit<'e> {
    Set { path: &'e [Step], value: &'e Value },
    Insert { path: &'e [Step], key: Option<&'e str>, value: &'e Value, after: &'e After },
    Append { path: &'e [Step], value: &'e Value },
    Delete { path: &'e [Step] },
    Rename { path: &'e [Step], key: &'e str },
    Move { path: &'e [Step], after: &'e After },
}

impl<'e> Edit<'e> {
    fn path(&self) -> &'e [Step] {
        match *self {
            Edit::Set { path, .. }
            | Edit::Insert { path, .. }
            | Edit::Append { path, .. }
            | Edit::Delete { path }
            | Edit::Rename { path, .. }
            | Edit::Move { path, .. } => path,
        }
    }

    /// The same edit, seen from so many steps down its path.
    fn below(mut self, depth: usize) -> Edit<'e> {
        let (Edit::Set { path, .. }
        | Edit::Insert { path, .. }
        | Edit::Append { path, .. }
        | Edit::Delete { path }
        | Edit::Rename { path, .. }
        | Edit::Move { path, .. }) = &mut self;
        *path = path.get(depth..).unwrap_or_default();
        self
    }
}

/// The nodes from the root along a path, as far as it exists and is this document's own.
struct Trail<'d> {
    document: &'d Document,
    nodes: Vec<Node<'d>>,
}

/// Where a path leads.
enum Reach {
    /// To the last node of the trail.
    There,
    /// So many steps exist; the next one is missing.
    Missing(usize),
    /// So many steps exist; the next one comes from a merge.
    Merged(usize),
}

impl<'d> Trail<'d> {
    fn walk(document: &'d Document, path: &[Step]) -> Result<(Trail<'d>, Reach), EditError> {
        let mut nodes = Vec::with_capacity(path.len() + 1);
        // A root that is null has a node to be replaced, too.
        nodes.extend(document.tree().root.map(|id| Node { document, id, own: true }));
        let mut trail = Trail { document, nodes };
        for (depth, step) in path.iter().enumerate() {
            let Some(&node) = trail.nodes.last() else { return Ok((trail, Reach::Missing(0))) };
            if matches!(node.raw().data, Data::Alias(_)) {
                return Err(EditError::Unfit);
            }
            let next = match (step, node.kind()) {
                (Step::Key(key), Kind::Map) => match node.entry(key) {
                    Some(entry) if entry.merged => return Ok((trail, Reach::Merged(depth))),
                    entry => entry.map(|entry| entry.value),
                },
                (Step::Index(index), Kind::Seq) => node.items().nth(*index),
                _ if node.is_null() => None,
                _ => return Err(EditError::Unfit),
            };
            match next {
                Some(next) => trail.nodes.push(next),
                None => return Ok((trail, Reach::Missing(depth))),
            }
        }
        let there = if trail.nodes.is_empty() { Reach::Missing(0) } else { Reach::There };
        Ok((trail, there))
    }

    /// Replaces the value of the trail's last node; `path` leads there.
    fn replace(&self, path: &[Step], value: &Value, hand: &Hand) -> Result<Change, EditError> {
        let text = self.document.text();
        let parent = self.nodes.len().checked_sub(2).map(|i| self.nodes[i]);
        let (Some(parent), Some(step)) = (parent, path.last()) else {
            let node = self.nodes.last().copied().filter(|node| !node.span().is_empty());
            return Ok(value::root(text, node, hand, value));
        };
        let place = Place::of(parent)?;
        let number = place.find(step).ok_or(EditError::NotFound)?;
        value::replace(&place, &place.parts[number], hand, value)
    }

    /// Puts a part into the collection that is the trail's last node; `path` leads there.
    fn put(&self, path: &[Step], after: &After, new: &New<'_>, hand: &Hand) -> Result<Change, EditError> {
        let whole = match new {
            New::Entry(key, value) => Value::Object([((*key).to_owned(), (*value).clone())].into_iter().collect()),
            New::Item(value) => Value::Array(vec![(*value).clone()]),
        };
        let Some(&node) = self.nodes.last() else { return self.replace(path, &whole, hand) };
        match (node.raw().data, new) {
            (Data::Map(..), New::Entry(..)) | (Data::Seq(..), New::Item(_)) => {}
            _ if node.is_null() => return self.replace(path, &whole, hand),
            _ => return Err(EditError::Unfit),
        }
        let place = Place::of(node)?;
        let mut at = match after {
            After::First => 0,
            After::Last => place.len(),
            After::Step(step) => place.find(step).ok_or(EditError::NotFound)? + 1,
        };
        if let New::Entry(key, _) = new
            && node.entry(key).is_some_and(|entry| entry.merged)
        {
            // A merge behind it would win over it.
            let last = place.parts.iter().rposition(|part| place.key(part).is_none());
            at = at.max(last.map_or(0, |last| last + 1));
        }
        if place.len() == 0 {
            return self.replace(path, &whole, hand);
        }
        Ok(parts::insert(&place, at, new, hand))
    }
}

/// `value` at the end of a path that does not exist yet.
fn nested(path: &[Step], value: &Value) -> Result<Value, EditError> {
    path.iter().rev().try_fold(value.clone(), |inner, step| match step {
        Step::Key(key) => Ok(Value::Object([(key.clone(), inner)].into_iter().collect())),
        Step::Index(0) => Ok(Value::Array(vec![inner])),
        Step::Index(_) => Err(EditError::NotFound),
    })
}

/// Sets a value by one splice.
fn set_once(document: &Document, path: &[Step], value: &Value, hand: &Hand) -> Result<Change, EditError> {
    let (trail, reach) = Trail::walk(document, path)?;
    let depth = match reach {
        Reach::There => return trail.replace(path, value, hand),
        Reach::Missing(depth) => depth,
        Reach::Merged(depth) if depth + 1 == path.len() => depth,
        Reach::Merged(_) => return Err(EditError::Unfit),
    };
    let Some(step) = path.get(depth) else { return trail.replace(path, value, hand) };
    let inner = nested(&path[depth + 1..], value)?;
    let new = match step {
        Step::Key(key) => New::Entry(key, &inner),
        Step::Index(index) => {
            let len = trail.nodes.last().map_or(0, |node| node.items().len());
            if *index != len {
                return Err(EditError::NotFound);
            }
            New::Item(&inner)
        }
    };
    trail.put(&path[..depth], &After::Last, &new, hand)
}

/// The collection that holds what a path leads to, and the part's number in it.
fn holder<'d>(document: &'d Document, path: &[Step]) -> Result<(Trail<'d>, Place<'d>, usize), EditError> {
    let (trail, reach) = Trail::walk(document, path)?;
    match reach {
        Reach::There => {}
        Reach::Missing(_) => return Err(EditError::NotFound),
        Reach::Merged(_) => return Err(shared::merge(document, path).map_or(EditError::Unfit, EditError::Merged)),
    }
    let (Some(step), Some(parent)) = (path.last(), trail.nodes.len().checked_sub(2)) else {
        return Err(EditError::Unfit);
    };
    let place = Place::of(trail.nodes[parent])?;
    let number = place.find(step).ok_or(EditError::NotFound)?;
    Ok((trail, place, number))
}

/// Deletes what a path leads to, once: an earlier key of the same name may come to light.
fn delete_once(document: &Document, path: &[Step], hand: &Hand) -> Result<Vec<Change>, EditError> {
    let (trail, place, number) = holder(document, path)?;
    let outer = match trail.nodes.len().checked_sub(3) {
        Some(i) => {
            let outer = Place::of(trail.nodes[i])?;
            let number = outer.find(&path[path.len() - 2]).ok_or(EditError::NotFound)?;
            Some((outer, number))
        }
        None => None,
    };
    let outer = outer.as_ref().map(|(outer, number)| (outer, *number));
    Ok(parts::delete(&place, number, outer, hand))
}

/// The number that a part has behind `after`, once it is taken out.
fn target(place: &Place<'_>, number: usize, after: &After) -> Result<usize, EditError> {
    Ok(match after {
        After::First => 0,
        After::Last => place.len() - 1,
        After::Step(step) => {
            let behind = place.find(step).ok_or(EditError::NotFound)?;
            match behind.cmp(&number) {
                std::cmp::Ordering::Less => behind + 1,
                std::cmp::Ordering::Equal => number,
                std::cmp::Ordering::Greater => behind,
            }
        }
    })
}
