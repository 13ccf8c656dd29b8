//! Edits where an alias or a merge is on the way: what becomes of the place itself, and where else a text counts.

use serde_json::Value;

use super::super::document::Document;
use super::super::node::Kind;
use super::super::path::{Path, Step};
use super::super::tree::Data;
use super::place::Place;
use super::{After, Edit, EditError, verify};
use crate::text::Span;

/// An edit that goes through an alias or a merge changes that place alone: the value it stands for is
/// written out there, with the change. Answers where, and the value; nothing where no such thing is on the way.
pub(super) fn written_out(document: &Document, edit: &Edit<'_>) -> Result<Option<(Path, Value)>, EditError> {
    let path = edit.path();
    // What the edit works on: the parent of what is taken away, what is put into.
    let into = match edit {
        Edit::Insert { .. } | Edit::Append { .. } => path.len() + 1,
        _ => path.len(),
    };
    let Some(mut node) = document.root() else { return Ok(None) };
    let mut found = None;
    for (depth, step) in path.iter().enumerate() {
        let merged = match step {
            Step::Key(key) => node.entry(key).is_some_and(|entry| entry.merged),
            Step::Index(_) => false,
        };
        let Some(next) = node.step(step) else { break };
        node = next;
        if (merged || matches!(node.raw().data, Data::Alias(_))) && depth + 1 < into {
            found = Some((depth + 1, node));
            break;
        }
    }
    let Some((depth, node)) = found else { return Ok(None) };
    let there = |path: &[Step]| document.at(path).is_some();
    match edit {
        Edit::Delete { path } | Edit::Move { path, .. } if !there(path) => return Err(EditError::NotFound),
        Edit::Rename { path, key } => {
            let Some((_, parent)) = path.split_last().filter(|_| there(path)) else { return Err(EditError::NotFound) };
            if document.at(parent).is_some_and(|parent| parent.get(key).is_some()) {
                return Err(EditError::Exists);
            }
        }
        Edit::Insert { path, key: Some(key), .. } if document.at(path).is_some_and(|node| node.get(key).is_some()) => {
            return Err(EditError::Exists);
        }
        Edit::Insert { path, .. } if !there(path) => return Err(EditError::NotFound),
        _ => {}
    }
    let mut value = node.to_json();
    verify::expect(&mut value, &edit.below(depth))?;
    Ok(Some((path[..depth].to_vec(), value)))
}

/// The `<<` that brings the entry at a path into its map, where one does.
pub(super) fn merge(document: &Document, path: &[Step]) -> Option<Span> {
    let (Step::Key(key), parent) = path.split_last()? else { return None };
    let tree = document.tree();
    let node = document.at(parent)?;
    if node.kind() != Kind::Map {
        return None;
    }
    let brings = |id: u32| match tree.node(tree.follow(id)).data {
        Data::Map(first, len) => tree.pairs(first, len).iter().any(|pair| {
            let raw = tree.node(tree.follow(pair.key));
            tree.str(document.text(), raw.piece) == key
        }),
        _ => false,
    };
    let place = Place::of(node).ok()?;
    let merges = place.parts.iter().filter(|part| place.key(part).is_none());
    let found = merges.rev().find(|part| match tree.node(part.value).data {
        Data::Seq(first, len) => tree.items(first, len).iter().any(|&id| brings(id)),
        _ => brings(part.value),
    })?;
    found.key.map(|id| tree.node(id).span)
}

/// The aliases elsewhere that repeat what an edit of that path changes.
pub(super) fn aliases(document: &Document, path: &[Step]) -> Vec<Span> {
    let tree = document.tree();
    let Some(mut node) = document.root() else { return Vec::new() };
    let mut trail = vec![node.id];
    for step in path {
        if let Step::Key(_) = step
            && let Ok(place) = Place::of(node)
        {
            let part = place.find(step).map(|number| place.parts[number]);
            trail.extend(part.and_then(|part| part.key));
        }
        let Some(next) = node.step(step) else { break };
        node = next;
        trail.push(node.id);
    }
    // The target's own subtree: ids are in the order of the text.
    let end = node.span().end;
    let inside = |id: u32| id >= node.id && (id == node.id || tree.node(id).span.start < end);
    let mut found = Vec::new();
    for (id, raw) in tree.nodes.iter().enumerate() {
        if let Data::Alias(target) = raw.data
            && !inside(id as u32)
            && (trail.contains(&target) || inside(target))
        {
            found.push(raw.span);
        }
    }
    found
}

/// Why an edit would have changed another place: a merge, aliases; nothing where it is the editor's own fault.
pub(super) fn why(document: &Document, edit: &Edit<'_>) -> Option<EditError> {
    if let Some(merge) = merge(document, edit.path()) {
        return Some(EditError::Merged(merge));
    }
    let elsewhere = aliases(document, edit.path());
    (!elsewhere.is_empty()).then_some(EditError::Shared(elsewhere))
}

/// Behind an entry that a merge brings there is no place of its own: what goes there goes to the map's end.
pub(super) fn settle<'e>(document: &Document, mut edit: Edit<'e>) -> Edit<'e> {
    let (parent, after) = match &mut edit {
        Edit::Insert { path, after, .. } => (*path, after),
        Edit::Move { path, after } => (path.split_last().map_or(*path, |split| split.1), after),
        _ => return edit,
    };
    if let After::Step(Step::Key(key)) = *after
        && document.at(parent).and_then(|node| node.entry(key)).is_some_and(|entry| entry.merged)
    {
        *after = &After::Last;
    }
    edit
}
