//! What is named and has to be somewhere: ConfigMaps and Secrets and their keys, claims, accounts, Services, targets.

use std::collections::HashSet;

use super::facts::{Object, Offer, Target, Want};
use super::finding::RefFinding;
use super::index::Index;
use crate::check::api::Mend;
use crate::check::finding::{Reason, Severity};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};

/// Looks for everything that is named.
pub fn check(index: &Index<'_>, out: &mut Vec<(usize, RefFinding)>) {
    for (document, object) in &index.objects {
        let mut missed: HashSet<(&str, &str)> = HashSet::new();
        for want in &object.wants {
            if want.kind == "ConfigMap" && want.name == "kube-root-ca.crt" {
                // The cluster has it in every namespace.
                continue;
            }
            let namespace = want.namespace.as_deref().or(object.namespace.as_deref());
            let found = index.named(want.kind, &want.name, namespace);
            if !found.is_empty() {
                keys(index, want, &found, &mut |finding| out.push((*document, finding)));
                ports(index, want, &found, &mut |finding| out.push((*document, finding)));
            } else if index.objects.len() > 1 && missed.insert((want.kind, &want.name)) {
                // Said once an object: what is missing for one place is missing for all.
                out.push((*document, missing(index, object, want, namespace)));
            }
        }
    }
}

fn link(kind: &str) -> &'static str {
    match kind {
        "ConfigMap" => "https://kubernetes.io/docs/concepts/configuration/configmap/",
        "Secret" => "https://kubernetes.io/docs/concepts/configuration/secret/",
        "PersistentVolumeClaim" => {
            "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#persistentvolumeclaims"
        }
        "ServiceAccount" => "https://kubernetes.io/docs/concepts/security/service-accounts/",
        "Service" => super::services::LINK,
        "Role" => "https://kubernetes.io/docs/reference/access-authn-authz/rbac/",
        _ => "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/",
    }
}

fn missing(index: &Index<'_>, object: &Object, want: &Want, namespace: Option<&str>) -> RefFinding {
    let named = |id| Message::new(id).with("kind", want.kind).with("name", want.name.as_str());
    let say = |reason, message| RefFinding::new(want.path.clone(), Severity::Info, reason, message, link(want.kind));
    if let (Some(own), Some(theirs)) = (namespace, index.namespace_of(want.kind, &want.name)) {
        let message = named(id::CHECK_REFS_ELSEWHERE).with("theirs", theirs).with("own", own);
        return say(Reason::FieldValueInvalid, message);
    }
    // An object is seldom what it names itself: an autoscaler called as a Deployment would be.
    let own = Some(object.name.as_str()).filter(|_| want.kind == object.kind);
    match index.nearest_name(want.kind, &want.name, own) {
        Some(meant) => {
            let message = named(id::CHECK_REFS_MISSING_NEAREST).with("meant", meant);
            say(Reason::FieldValueNotFound, message).mend([Mend::set(want.path.clone(), meant)])
        }
        None => say(Reason::FieldValueNotFound, named(id::CHECK_REFS_MISSING)),
    }
}

fn keys(index: &Index<'_>, want: &Want, found: &[(usize, &Offer)], say: &mut impl FnMut(RefFinding)) {
    for (key, path) in &want.keys {
        let has = |offer: &Offer| offer.keys.as_ref().is_none_or(|keys| keys.binary_search(key).is_ok());
        if found.iter().any(|(_, offer)| has(offer)) {
            continue;
        }
        let Some(keys) = found.first().and_then(|(_, offer)| offer.keys.as_deref()) else { continue };
        let id = if keys.is_empty() { id::CHECK_REFS_NO_KEYS } else { id::CHECK_REFS_KEY };
        let mut message =
            Message::new(id).with("kind", want.kind).with("name", want.name.as_str()).with("key", key.as_str());
        if !keys.is_empty() {
            message = message.with("keys", some_of(keys.iter().map(String::as_str)));
        }
        let reason = Reason::FieldValueNotFound;
        let finding = RefFinding::new(path.clone(), Severity::Warning, reason, message, link(want.kind));
        let near = index.measure(keys.len()).then(|| nearest(key, keys.iter().map(String::as_str))).flatten();
        let only = keys.first().filter(|_| keys.len() == 1).map(String::as_str);
        say(finding.mend(near.or(only).map(|meant| Mend::set(path.clone(), meant))));
    }
}

fn ports(index: &Index<'_>, want: &Want, found: &[(usize, &Offer)], say: &mut impl FnMut(RefFinding)) {
    let Some((port, path)) = &want.port else { return };
    let services = found.iter().filter_map(|(at, _)| index.object(*at)?.service.as_ref());
    let all = || services.clone().flat_map(|service| &service.ports);
    let cost = services.clone().map(|service| service.ports.len()).sum();
    let has = |number: &Target| {
        all().any(|p| match number {
            Target::Number(number) => p.port == *number,
            Target::Name(name) => p.name.as_ref() == Some(name),
        })
    };
    if cost == 0 || !index.spend(cost) || has(port) {
        return;
    }
    let written = |name: Option<&str>, number: i64| match name {
        Some(name) => format!("{number} ({name})"),
        None => number.to_string(),
    };
    let ports: Vec<String> = all().take(MOST_SHOWN + 1).map(|p| written(p.name.as_deref(), p.port)).collect();
    let shown = match port {
        Target::Number(number) => number.to_string(),
        Target::Name(name) => name.clone(),
    };
    let message = Message::new(id::CHECK_REFS_SERVICE_PORT)
        .with("name", want.name.as_str())
        .with("port", shown)
        .with("ports", some_of(ports.iter().map(String::as_str)));
    let mut every = all();
    let only = every.next().filter(|_| every.next().is_none());
    let mend = match (port, only) {
        (Target::Name(_), Some(only)) => only.name.as_deref().map(|name| Mend::set(path.clone(), name)),
        (Target::Number(_), Some(only)) => Some(Mend::set(path.clone(), only.port)),
        (Target::Name(name), None) => {
            let names = all().filter_map(|p| p.name.as_deref());
            let near = index.measure(cost).then(|| nearest(name, names)).flatten();
            near.map(|meant| Mend::set(path.clone(), meant))
        }
        (Target::Number(_), None) => None,
    };
    let reason = Reason::FieldValueNotFound;
    say(RefFinding::new(path.clone(), Severity::Warning, reason, message, super::services::LINK).mend(mend));
}

/// So many of a list are named.
const MOST_SHOWN: usize = 6;

/// The first of them, as a list.
pub fn some_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut text = String::new();
    for (i, name) in names.enumerate() {
        if i == MOST_SHOWN {
            text.push_str(", …");
            break;
        }
        if i > 0 {
            text.push_str(", ");
        }
        text.push_str(&crate::check::decode::clip(name));
    }
    text
}
