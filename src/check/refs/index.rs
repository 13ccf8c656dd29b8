use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::facts::{Facts, Object, Offer, Workload};
use super::selector::has_all;
use crate::check::nearest::nearest;

/// So much is compared at most, whatever the documents are: ordinary workspaces need a thousandth of it.
const MOST_COMPARED: usize = 2_000_000;
/// And so many words are measured: that costs more.
const MOST_MEASURED: usize = 50_000;

/// Of so many that are called the same, or match the same, as many are looked at.
const MOST_ALIKE: usize = 16;

/// Everything that is looked up, by what it is looked up with.
pub struct Index<'f> {
    /// With the number of the document that each is in.
    pub objects: Vec<(usize, &'f Object)>,
    names: HashMap<(&'static str, &'f str), Named<'f>>,
    /// By kind: the names that there are.
    of_kind: HashMap<&'static str, Vec<&'f str>>,
    /// By label: positions in `objects`.
    labels: HashMap<(&'f str, &'f str), Vec<usize>>,
    /// By the key of a label: its values.
    values: HashMap<&'f str, BTreeSet<&'f str>>,
    /// By name: those that make pods.
    workloads: HashMap<&'f str, Vec<usize>>,
    left: Cell<usize>,
    /// The same for how near two words are, which is work of its own.
    measures: Cell<usize>,
}

/// Those of one kind and name.
#[derive(Default)]
struct Named<'f> {
    /// Without a namespace, so that it may be any.
    open: Vec<(usize, &'f Offer)>,
    by_namespace: BTreeMap<&'f str, Vec<(usize, &'f Offer)>>,
}

/// Whether two may meet: in the same namespace, or one does not say which.
pub fn beside(one: Option<&str>, other: Option<&str>) -> bool {
    one.is_none() || other.is_none() || one == other
}

impl<'f> Index<'f> {
    pub fn of(documents: impl Iterator<Item = &'f Facts>) -> Index<'f> {
        let objects = documents.enumerate().flat_map(|(n, facts)| facts.objects.iter().map(move |o| (n, o)));
        let mut index = Index {
            objects: objects.collect(),
            names: HashMap::new(),
            of_kind: HashMap::new(),
            labels: HashMap::new(),
            values: HashMap::new(),
            workloads: HashMap::new(),
            left: Cell::new(MOST_COMPARED),
            measures: Cell::new(MOST_MEASURED),
        };
        for (at, (_, object)) in index.objects.iter().enumerate() {
            for offer in &object.offers {
                let named = index.names.entry((offer.kind, &offer.name)).or_insert_with(|| {
                    index.of_kind.entry(offer.kind).or_default().push(&offer.name);
                    Named::default()
                });
                let list = match object.namespace.as_deref() {
                    Some(namespace) => named.by_namespace.entry(namespace).or_default(),
                    None => &mut named.open,
                };
                list.push((at, offer));
            }
            let Some(workload) = &object.workload else { continue };
            index.workloads.entry(&object.name).or_default().push(at);
            for (key, value) in &workload.labels {
                index.labels.entry((key, value)).or_default().push(at);
                index.values.entry(key).or_default().insert(value);
            }
        }
        index
    }

    /// Takes from what may still be compared; `false` when it is used up, and no more is said.
    pub fn spend(&self, cost: usize) -> bool {
        spend(&self.left, cost)
    }

    /// The same before so many words are measured.
    pub fn measure(&self, words: usize) -> bool {
        spend(&self.measures, words)
    }

    pub fn object(&self, at: usize) -> Option<&'f Object> {
        self.objects.get(at).map(|(_, object)| *object)
    }

    pub fn workload(&self, at: usize) -> Option<(&'f Object, &'f Workload)> {
        let object = self.object(at)?;
        Some((object, object.workload.as_ref()?))
    }

    pub fn has_workloads(&self) -> bool {
        !self.workloads.is_empty()
    }

    /// What is called so and may be meant in the namespace.
    pub fn named(&self, kind: &'static str, name: &str, namespace: Option<&str>) -> Vec<(usize, &'f Offer)> {
        let Some(named) = self.names.get(&(kind, name)) else { return Vec::new() };
        let open = named.open.iter();
        match namespace {
            Some(namespace) => {
                open.chain(named.by_namespace.get(namespace).into_iter().flatten()).take(MOST_ALIKE).copied().collect()
            }
            None => open.chain(named.by_namespace.values().flatten()).take(MOST_ALIKE).copied().collect(),
        }
    }

    /// A namespace in which something is called so.
    pub fn namespace_of(&self, kind: &'static str, name: &str) -> Option<&'f str> {
        self.names.get(&(kind, name))?.by_namespace.keys().next().copied()
    }

    /// The name of that kind which is nearest to a word.
    pub fn nearest_name(&self, kind: &'static str, word: &str, not: Option<&str>) -> Option<&'f str> {
        let names = self.of_kind.get(kind).filter(|names| self.measure(names.len()))?;
        nearest(word, names.iter().copied().filter(|name| Some(*name) != not))
    }

    /// The workloads whose pods have all these labels, in whatever namespace; `None` when that is too much work.
    pub fn matching(&self, wanted: &[(String, String)]) -> Option<Vec<usize>> {
        let lists = wanted.iter().map(|(key, value)| self.labels.get(&(key.as_str(), value.as_str())));
        let Some(lists) = lists.collect::<Option<Vec<_>>>() else { return Some(Vec::new()) };
        let Some(shortest) = lists.into_iter().min_by_key(|list| list.len()) else { return Some(Vec::new()) };
        if !self.spend(shortest.len() * wanted.len()) {
            return None;
        }
        let has = |at: &usize| self.workload(*at).is_some_and(|(_, workload)| has_all(&workload.labels, wanted));
        Some(shortest.iter().copied().filter(has).collect())
    }

    /// The workload that is probably meant by labels that none has, and whether no other is as near.
    pub fn nearest(&self, wanted: &[(String, String)], name: &str, namespace: Option<&str>) -> Option<(usize, bool)> {
        let meets = |at: &usize| self.object(*at).is_some_and(|o| beside(o.namespace.as_deref(), namespace));
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for (key, value) in wanted.iter().take(MOST_ALIKE) {
            let list = self.labels.get(&(key.as_str(), value.as_str())).map_or(&[][..], Vec::as_slice);
            if !self.spend(list.len()) {
                return None;
            }
            for at in list.iter().filter(|at| meets(at)) {
                *shared.entry(*at).or_default() += 1;
            }
        }
        let same_name = |at: usize| self.object(at).is_some_and(|o| o.name == name);
        let rank = |(at, shared): (&usize, &usize)| (*shared, same_name(*at));
        if let Some(best) = shared.iter().map(rank).max() {
            let mut nearest = shared.iter().filter(|entry| rank(*entry) == best).map(|(at, _)| *at);
            return Some((nearest.next()?, nearest.next().is_none()));
        }
        let called = self.workloads.get(name).into_iter().flatten().take(MOST_ALIKE);
        let mut called = called.copied().filter(meets);
        if let Some(first) = called.next() {
            return Some((first, called.next().is_none()));
        }
        for (key, value) in wanted.iter().take(MOST_ALIKE) {
            let Some(values) = self.values.get(key.as_str()) else { continue };
            if !self.measure(values.len()) {
                return None;
            }
            let Some(near) = nearest(value, values.iter().copied()) else { continue };
            let list = self.labels.get(&(key.as_str(), near)).into_iter().flatten().take(MOST_ALIKE);
            let mut list = list.copied().filter(meets);
            if let Some(first) = list.next() {
                return Some((first, list.next().is_none()));
            }
        }
        None
    }
}

fn spend(left: &Cell<usize>, cost: usize) -> bool {
    let rest = left.get().checked_sub(cost);
    left.set(rest.unwrap_or(0));
    rest.is_some()
}

/// An object as a person calls it: `Deployment web`.
pub fn called(object: &Object) -> String {
    [&object.kind, " ", object.name.as_str()].concat().trim_end().to_owned()
}
