//! Services: whom they select, and whether the ports are there.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::facts::{Object, Port, Service, Target, Workload};
use super::finding::RefFinding;
use super::index::{Index, beside, called};
use super::named::some_of;
use super::selector::{has_all, value};
use crate::check::api::Mend;
use crate::check::finding::{Reason, Severity};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};
use crate::yaml::{Path, Step};

pub const LINK: &str = "https://kubernetes.io/docs/concepts/services-networking/service/#services-in-kubernetes";

/// Services that meet on one of these do the same: namespace, sort, port, protocol, and whom they select.
type Doing<'f> = (Option<&'f str>, &'f (String, bool), i64, &'f str, Whom<'f>);

#[derive(PartialEq, Eq, Hash)]
enum Whom<'f> {
    Workload(usize),
    Labels(&'f [(String, String)]),
}

/// Looks at every Service with a selector.
pub fn check(index: &Index<'_>, out: &mut Vec<(usize, RefFinding)>) {
    let mut doing: HashMap<Doing<'_>, &Object> = HashMap::new();
    for (document, object) in &index.objects {
        let Some(service) = object.service.as_ref().filter(|s| !s.selector.is_empty()) else { continue };
        let Some(matching) = index.matching(&service.selector) else { return };
        let near = |at: &&usize| {
            index.object(**at).is_some_and(|o| beside(o.namespace.as_deref(), object.namespace.as_deref()))
        };
        let here: Vec<usize> = matching.iter().filter(near).copied().collect();
        if here.is_empty() {
            out.extend(nobody(index, object, service, &matching).map(|finding| (*document, finding)));
        } else {
            out.extend(two(index, object, &here).map(|finding| (*document, finding)));
            if !ports(index, service, &here, &mut |finding| out.push((*document, finding))) {
                return;
            }
        }
        if !service.single {
            out.extend(double(&mut doing, object, service, &here).map(|finding| (*document, finding)));
        }
    }
}

fn path(object: &Object, keys: &[&str]) -> Path {
    object.base.iter().cloned().chain(keys.iter().map(|key| Step::from(*key))).collect()
}

fn at_selector(object: &Object, severity: Severity, reason: Reason, message: Message) -> RefFinding {
    RefFinding::new(path(object, &["spec", "selector"]), severity, reason, message, LINK)
}

fn shown(key: &str, value: &str) -> String {
    crate::check::decode::clip(&[key, ": ", value].concat())
}

/// No pod template of its namespace has the labels; `matching` have them elsewhere.
fn nobody(index: &Index<'_>, object: &Object, service: &Service, matching: &[usize]) -> Option<RefFinding> {
    let own = object.namespace.as_deref();
    if let (Some(own), Some(other)) = (own, matching.first().and_then(|at| index.object(*at))) {
        let message = Message::new(id::CHECK_REFS_SERVICE_NAMESPACE)
            .with("workload", called(other))
            .with("theirs", other.namespace.as_deref().unwrap_or_default())
            .with("own", own);
        return Some(at_selector(object, Severity::Warning, Reason::FieldValueInvalid, message));
    }
    if !index.has_workloads() {
        return None;
    }
    if let Some((at, true)) = index.nearest(&service.selector, &object.name, own)
        && let Some((other, workload)) = index.workload(at)
    {
        return Some(nearly(object, service, other, workload));
    }
    let labels: Vec<String> = service.selector.iter().map(|(key, value)| shown(key, value)).collect();
    let labels = some_of(labels.iter().map(String::as_str));
    let message = Message::new(id::CHECK_REFS_SERVICE_NONE).with("labels", labels);
    Some(at_selector(object, Severity::Info, Reason::FieldValueNotFound, message))
}

/// The workload that is probably meant, and the label that differs.
fn nearly(object: &Object, service: &Service, other: &Object, workload: &Workload) -> RefFinding {
    let mut differ = service.selector.iter().filter(|(key, v)| value(&workload.labels, key) != Some(v));
    let first = differ.next();
    let single = differ.next().is_none();
    let (key, wanted) = first.map_or(("", ""), |(key, value)| (key.as_str(), value.as_str()));
    let has = value(&workload.labels, key);
    let message = match has {
        Some(has) => Message::new(id::CHECK_REFS_SERVICE_NEAR_VALUE).with("has", shown(key, has)),
        None => Message::new(id::CHECK_REFS_SERVICE_NEAR_KEY).with("key", key),
    };
    let message = message.with("label", shown(key, wanted)).with("workload", called(other));
    let at = path(object, &["spec", "selector", key]);
    let mend = match has {
        Some(has) if single => Some(Mend::set(at.clone(), has)),
        _ => {
            let chosen = workload.selector.as_ref().map(|s| &s.labels);
            let chosen = chosen.filter(|labels| !labels.is_empty() && has_all(&workload.labels, labels));
            let labels = chosen.unwrap_or(&workload.labels);
            let whole = labels.iter().map(|(key, value)| (key.clone(), Value::String(value.clone())));
            let title = Message::new(id::CHECK_REFS_FIX_LABELS).with("workload", called(other));
            let mend = || Mend::set(path(object, &["spec", "selector"]), Value::Object(whole.collect()));
            // A label that only a controller gives would be lost, and with it whom the Service is for.
            (!labels.is_empty() && !service.single).then(|| mend().titled(title))
        }
    };
    RefFinding::new(at, Severity::Warning, Reason::FieldValueNotFound, message, LINK).mend(mend)
}

/// A selector that takes the pods of two workloads. Pods on their own are often several.
fn two(index: &Index<'_>, object: &Object, here: &[usize]) -> Option<RefFinding> {
    let mut seen: BTreeMap<Option<&str>, &Object> = BTreeMap::new();
    let mut pods = 0;
    for other in here.iter().filter_map(|at| index.object(*at)) {
        if other.kind == "Pod" {
            pods += 1;
            if pods > 1 {
                continue;
            }
        }
        let namespace = other.namespace.as_deref();
        let known = match namespace {
            Some(_) => seen.get(&namespace).or_else(|| seen.get(&None)),
            None => seen.values().next(),
        };
        if let Some(first) = known
            && (&first.kind, &first.name) != (&other.kind, &other.name)
        {
            let message =
                Message::new(id::CHECK_REFS_SERVICE_TWO).with("one", called(first)).with("other", called(other));
            return Some(at_selector(object, Severity::Info, Reason::Warned, message));
        }
        seen.entry(namespace).or_insert(other);
    }
    None
}

/// Another Service sends the same port to the same pods.
fn double<'f>(
    doing: &mut HashMap<Doing<'f>, &'f Object>,
    object: &'f Object,
    service: &'f Service,
    here: &[usize],
) -> Option<RefFinding> {
    let mut other: Option<&Object> = None;
    for port in &service.ports {
        let mut add = |whom| {
            let key = (object.namespace.as_deref(), &service.sort, port.port, port.protocol.as_str(), whom);
            let first = *doing.entry(key).or_insert(object);
            if other.is_none() && first.name != object.name {
                other = Some(first);
            }
        };
        here.iter().take(8).for_each(|at| add(Whom::Workload(*at)));
        if here.is_empty() {
            add(Whom::Labels(&service.selector));
        }
    }
    let message = Message::new(id::CHECK_REFS_SERVICE_SAME).with("other", other?.name.as_str());
    Some(at_selector(object, Severity::Info, Reason::FieldValueDuplicate, message))
}

/// Whether the ports that traffic is sent to are there; `false` when that is too much work.
fn ports(index: &Index<'_>, service: &Service, here: &[usize], say: &mut impl FnMut(RefFinding)) -> bool {
    let workloads = || here.iter().filter_map(|at| index.workload(*at));
    let cost = workloads().map(|(_, workload)| workload.ports.len() + 1).sum();
    if !index.spend(cost) {
        return false;
    }
    let all = || workloads().flat_map(|(_, workload)| &workload.ports);
    let names: HashSet<(&str, &str)> = all().filter_map(|p| Some((p.name.as_deref()?, p.protocol.as_str()))).collect();
    let numbers: HashSet<(i64, &str)> = all().map(|p| (p.number, p.protocol.as_str())).collect();
    let Some((workload, _)) = workloads().next() else { return true };
    let written = |p: &Port| match &p.name {
        Some(name) => format!("{} ({name})", p.number),
        None => p.number.to_string(),
    };
    let mut listed: Option<String> = None;
    for port in &service.ports {
        let protocol = port.protocol.as_str();
        let there = match &port.target {
            Target::Name(name) => names.contains(&(name.as_str(), protocol)),
            // Ports need not be listed; only who lists some is taken at his word.
            Target::Number(number) => numbers.is_empty() || numbers.contains(&(*number, protocol)),
        };
        if there {
            continue;
        }
        let ports = listed.get_or_insert_with(|| {
            let some: Vec<String> = all().take(8).map(written).collect();
            some_of(some.iter().map(String::as_str))
        });
        let only = numbers.iter().next().filter(|(_, theirs)| numbers.len() == 1 && *theirs == protocol);
        let (message, severity, meant) = match &port.target {
            Target::Name(name) => {
                let message = Message::new(id::CHECK_REFS_PORT_NAME).with("port", name.as_str());
                let mut fitting = names.iter().filter(|(_, p)| *p == protocol).map(|(name, _)| *name);
                let near = match index.measure(names.len()) {
                    true => nearest(name, fitting.clone()),
                    false => None,
                };
                let near = near.or_else(|| fitting.next().filter(|_| only.is_some() && names.len() == 1));
                let near = near.map(Value::from);
                (message, Severity::Warning, near.or(only.map(|(number, _)| Value::from(*number))))
            }
            Target::Number(number) => {
                let message = Message::new(id::CHECK_REFS_PORT_NUMBER)
                    .with("port", number.to_string())
                    .with("ports", ports.as_str());
                (message, Severity::Info, only.map(|(number, _)| Value::from(*number)))
            }
        };
        let message = message.with("protocol", protocol).with("workload", called(workload));
        let mend = meant.map(|meant| Mend::set(port.target_path.clone(), meant));
        say(RefFinding::new(port.path.clone(), severity, Reason::FieldValueNotFound, message, LINK).mend(mend));
    }
    true
}
