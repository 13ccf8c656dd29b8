//! Edits that take several splices: a list over a list, a key that stands twice.

use serde_json::Value;

use super::super::document::Document;
use super::super::node::Kind;
use super::super::path::Step;
use super::super::tree::Data;
use super::parts::{self, New};
use super::place::Place;
use super::shared;
use super::write::Hand;
use super::{After, Edit, EditError, Trail, delete_once, holder, set_once, target};
use crate::text::Change;

/// So many splices at most; what takes more is written anew as a whole.
const SPLICES: usize = 64;

/// What an edit made.
pub(super) struct Made {
    pub document: Document,
    /// The splices, in order, where they are all of the old text.
    pub changes: Option<Vec<Change>>,
}

impl Made {
    fn of(document: &Document, mut changes: Vec<Change>) -> Made {
        changes.sort_by_key(|change| change.from);
        Made { document: after(document, &changes), changes: Some(changes) }
    }
}

/// Makes the edit, without looking at what came of it.
pub(super) fn make(document: &Document, edit: &Edit<'_>, hand: &Hand) -> Result<Made, EditError> {
    let one = |change: Change| Made::of(document, vec![change]);
    if let Some((path, value)) = shared::written_out(document, edit)? {
        return set(document, &path, &value, hand);
    }
    match edit {
        Edit::Set { path, value } => set(document, path, value, hand),
        Edit::Insert { path, key, value, after } => {
            let (trail, reach) = Trail::walk(document, path)?;
            match reach {
                super::Reach::There => {}
                super::Reach::Missing(0) if path.is_empty() => {}
                super::Reach::Missing(_) => return Err(EditError::NotFound),
                super::Reach::Merged(_) => return Err(EditError::Unfit),
            }
            let new = match key {
                Some(key) => {
                    let entry = trail.nodes.last().and_then(|node| node.entry(key));
                    if entry.is_some_and(|entry| !entry.merged) {
                        return Err(EditError::Exists);
                    }
                    let path: Vec<Step> = path.iter().cloned().chain([Step::from(*key)]).collect();
                    if let Some(after) = behind_merge(document, &path, hand)? {
                        let change = set_once(&after, &path, value, hand)?;
                        return Ok(Made { document: self::after(&after, &[change]), changes: None });
                    }
                    New::Entry(key, value)
                }
                None => New::Item(value),
            };
            trail.put(path, after, &new, hand).map(one)
        }
        Edit::Append { path, value } => {
            let (trail, reach) = Trail::walk(document, path)?;
            match reach {
                super::Reach::There => trail.put(path, &After::Last, &New::Item(value), hand).map(one),
                super::Reach::Missing(_) => {
                    set_once(document, path, &Value::Array(vec![(*value).clone()]), hand).map(one)
                }
                super::Reach::Merged(_) => Err(EditError::Unfit),
            }
        }
        Edit::Delete { path } => delete(document, path, hand),
        Edit::Rename { path, key } => {
            let (trail, place, number) = holder(document, path)?;
            if !place.is_map {
                return Err(EditError::Unfit);
            }
            let parent = trail.nodes[trail.nodes.len() - 2];
            if parent.entry(key).is_some() {
                return Err(EditError::Exists);
            }
            parts::rename(&place, number, key, hand).map(one)
        }
        Edit::Move { path, after } => {
            let (_, place, number) = holder(document, path)?;
            let to = target(&place, number, after)?;
            if to == number {
                return Ok(one(Change::new(0, 0, "")));
            }
            parts::shift(&place, number, to, hand).map(one)
        }
    }
}

fn after(document: &Document, changes: &[Change]) -> Document {
    Document::read(&Change::apply_all(document.text(), changes))
}

fn set(document: &Document, path: &[Step], value: &Value, hand: &Hand) -> Result<Made, EditError> {
    let mut left = SPLICES;
    // A collection over a collection of its kind: part by part, so that comments and styles of what stays are kept.
    let old = document.at(path);
    let alike = old.is_some_and(|old| {
        old.is_own() && alike(old, value) && !matches!(old.raw().data, Data::Alias(_)) && old.raw().data != Data::Null
    });
    if alike {
        let mut deep = Deep { document: None, first: document, hand, left: &mut left, only: None };
        if deep.set(&mut path.to_vec(), value).is_ok() {
            return Ok(match deep.document {
                Some(document) => Made { document, changes: deep.only },
                None => Made::of(document, Vec::new()),
            });
        }
    }
    if let Some(moved) = behind_merge(document, path, hand)? {
        let change = set_once(&moved, path, value, hand)?;
        return Ok(Made { document: after(&moved, &[change]), changes: None });
    }
    set_once(document, path, value, hand).map(|change| Made::of(document, vec![change]))
}

/// An entry that is written in its map, but loses to a merge below it, put to the map's end where it wins.
fn behind_merge(document: &Document, path: &[Step], hand: &Hand) -> Result<Option<Document>, EditError> {
    let (trail, super::Reach::Merged(depth)) = Trail::walk(document, path)? else { return Ok(None) };
    let (Some(step), Some(&node)) = (path.get(depth), trail.nodes.last()) else { return Ok(None) };
    let place = Place::of(node)?;
    let Some(number) = place.find(step).filter(|_| depth + 1 == path.len()) else { return Ok(None) };
    let change = parts::shift(&place, number, place.len() - 1, hand)?;
    Ok(Some(after(document, &[change])))
}

/// Whether both are maps, or both lists, with something in them.
fn alike(node: super::Node<'_>, value: &Value) -> bool {
    match (node.kind(), value) {
        (Kind::Map, Value::Object(map)) => !map.is_empty() && node.entries().len() > 0,
        (Kind::Seq, Value::Array(list)) => !list.is_empty() && node.items().len() > 0,
        _ => false,
    }
}

struct Deep<'d> {
    first: &'d Document,
    document: Option<Document>,
    hand: &'d Hand,
    left: &'d mut usize,
    /// The splices, as long as there was but one step.
    only: Option<Vec<Change>>,
}

impl Deep<'_> {
    fn now(&self) -> &Document {
        self.document.as_ref().unwrap_or(self.first)
    }

    fn splice(&mut self, changes: &[Change]) -> Result<(), EditError> {
        *self.left = self.left.checked_sub(1).ok_or(EditError::Unfit)?;
        let next = after(self.now(), changes);
        if next.error().is_some() {
            return Err(EditError::Unfit);
        }
        self.only = self.document.is_none().then(|| changes.to_vec());
        self.document = Some(next);
        Ok(())
    }

    fn json(&self, path: &[Step]) -> Option<Value> {
        self.now().at(path).map(|node| node.to_json())
    }

    fn set(&mut self, path: &mut Vec<Step>, value: &Value) -> Result<(), EditError> {
        let Some(node) = self.now().at(path) else { return Err(EditError::NotFound) };
        if super::verify::same(&node.to_json(), value, true) {
            return Ok(());
        }
        if !alike(node, value) || !node.own || matches!(node.raw().data, Data::Alias(_)) {
            let change = set_once(self.now(), path, value, self.hand)?;
            return self.splice(&[change]);
        }
        match value {
            Value::Object(map) => self.set_map(path, map),
            Value::Array(list) => self.set_list(path, list),
            _ => Err(EditError::Unfit),
        }
    }

    fn set_map(&mut self, path: &mut Vec<Step>, map: &serde_json::Map<String, Value>) -> Result<(), EditError> {
        let node = self.now().at(path).ok_or(EditError::NotFound)?;
        let keys: Vec<String> = node.entries().map(|entry| entry.key.to_owned()).collect();
        // New keys first, so that the map is never empty in between.
        for (key, value) in map {
            path.push(Step::Key(key.clone()));
            if keys.contains(key) {
                self.set(path, value)?;
            } else {
                let change = set_once(self.now(), path, value, self.hand)?;
                self.splice(&[change])?;
            }
            path.pop();
        }
        for key in keys.into_iter().filter(|key| !map.contains_key(key)) {
            path.push(Step::Key(key));
            while self.now().at(path).is_some() {
                let changes = delete_once(self.now(), path, self.hand)?;
                self.splice(&changes)?;
            }
            path.pop();
        }
        Ok(())
    }

    fn set_list(&mut self, path: &mut Vec<Step>, list: &[Value]) -> Result<(), EditError> {
        let Some(Value::Array(old)) = self.json(path) else { return Err(EditError::NotFound) };
        let same = |(a, b): &(&Value, &Value)| super::verify::same(a, b, true);
        let head = old.iter().zip(list).take_while(same).count();
        let rest = old.len().min(list.len()) - head;
        let tail = old.iter().rev().zip(list.iter().rev()).take(rest).take_while(same).count();
        let (was, is) = (old.len() - head - tail, list.len() - head - tail);
        for (i, value) in list.iter().enumerate().skip(head).take(was.min(is)) {
            path.push(Step::Index(i));
            self.set(path, value)?;
            path.pop();
        }
        for (i, value) in list.iter().enumerate().take(head + is).skip(head + was) {
            let behind = if i == 0 { After::First } else { After::Step(Step::Index(i - 1)) };
            let (trail, _) = Trail::walk(self.now(), path)?;
            let change = trail.put(path, &behind, &New::Item(value), self.hand)?;
            self.splice(&[change])?;
        }
        for i in (head + is..head + was).rev() {
            path.push(Step::Index(i));
            let changes = delete_once(self.now(), path, self.hand)?;
            self.splice(&changes)?;
            path.pop();
        }
        Ok(())
    }
}

fn delete(document: &Document, path: &[Step], hand: &Hand) -> Result<Made, EditError> {
    let mut made = Made::of(document, delete_once(document, path, hand)?);
    // The last of several keys is gone; the others are the same entry to whoever reads.
    let Some((Step::Key(key), parent)) = path.split_last() else { return Ok(made) };
    for _ in 0..SPLICES {
        let again = made.document.at(parent).and_then(|node| node.entry(key)).is_some_and(|entry| !entry.merged);
        if !again {
            break;
        }
        let next = Made::of(&made.document, delete_once(&made.document, path, hand)?);
        made = Made { document: next.document, changes: None };
    }
    Ok(made)
}
