//! Warnings about files of one volume that cover each other (`warningsForOverlappingVirtualPaths`).

use std::collections::HashMap;

use k8s_openapi::api::core::v1::{DownwardAPIVolumeFile, KeyToPath, Volume, VolumeProjection};

use super::MOST_OF_A_SORT;
use crate::check::api::bad_value::quoted;
use crate::check::api::{Mend, Path, Warning};
use crate::i18n::{Message, id};
use crate::k8s::Version;

/// Every file is compared with every one before it, as the server does; in a spec so often at most.
const MOST_COMPARED: usize = 1 << 22;

/// A path and where it comes from (`pathAndSource`).
#[derive(Clone, PartialEq, Eq, Hash)]
struct Target<'a> {
    path: &'a str,
    source: String,
}

impl Target<'_> {
    fn text(&self) -> String {
        match self.source.as_str() {
            "" => quoted(self.path),
            source => format!("{} ({source})", quoted(self.path)),
        }
    }

    /// Whether one of them is the other, or a folder above it.
    fn covers(&self, other: &Target<'_>) -> bool {
        let within = |path: &str, folder: &str| {
            path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        !self.path.is_empty() && (within(self.path, other.path) || within(other.path, self.path))
    }
}

/// What is left to do in a spec.
struct Left {
    comparisons: usize,
    warnings: usize,
}

/// The paths of one volume so far.
struct Paths<'a, 'p> {
    all: Vec<Target<'a>>,
    /// Up to where each has been compared with the others.
    compared: HashMap<Target<'a>, usize>,
    left: &'p mut Left,
    volume: &'a str,
    described: String,
    at: &'p Path<'p>,
}

impl<'a, 'p> Paths<'a, 'p> {
    fn new(volume: &'a str, described: String, at: &'p Path<'p>, left: &'p mut Left) -> Paths<'a, 'p> {
        Paths { all: Vec::new(), compared: HashMap::new(), left, volume, described, at }
    }

    fn add(&mut self, mut target: Target<'a>, warnings: &mut Vec<Warning>) {
        target.path = target.path.trim_end_matches('/');
        if target.path.is_empty() {
            return;
        }
        // What is there already says nothing again but of itself and of what has come since.
        let known = self.compared.insert(target.clone(), self.all.len());
        let others = self.all.get(known.unwrap_or(0)..).unwrap_or_default();
        self.left.comparisons = self.left.comparisons.saturating_sub(others.len());
        if self.left.comparisons > 0 {
            for other in others.iter().filter(|other| other.covers(&target)).take(self.left.warnings) {
                self.left.warnings -= 1;
                let (first, second) = (target.text(), other.text());
                let text = format!(
                    "volume {} ({}): overlapping paths: {first} with {second}",
                    quoted(self.volume),
                    self.described
                );
                let message =
                    Message::new(id::CHECK_API_WARNINGS_OVERLAP).with("value", target.path).with("other", other.path);
                warnings.push(Warning::new(self.at, text, message));
            }
        }
        if known.is_none() {
            self.all.push(target);
        }
    }
}

/// `warningsForOverlappingVirtualPaths`; `path` is the Pod's or template's `spec`.
pub fn warn_overlapping_paths(volumes: &[Volume], path: &Path<'_>, version: Version, warnings: &mut Vec<Warning>) {
    let list = path.child("volumes");
    let mut left = Left { comparisons: MOST_COMPARED, warnings: MOST_OF_A_SORT };
    for (i, volume) in volumes.iter().enumerate() {
        let at = list.index(i);
        let mut check = |targets: Vec<Target<'_>>, source: &str, described: String| {
            let at = at.child(source);
            let at = at.child("items");
            let mut paths = Paths::new(&volume.name, described, &at, &mut left);
            for target in targets {
                paths.add(target, warnings);
            }
        };
        if let Some(map) = &volume.config_map {
            check(of_items(map.items.as_deref(), ""), "configMap", format!("ConfigMap {}", quoted(&map.name)));
        }
        if let Some(secret) = &volume.secret {
            let name = quoted(secret.secret_name.as_deref().unwrap_or_default());
            check(of_items(secret.items.as_deref(), ""), "secret", format!("Secret {name}"));
        }
        if let Some(downward) = &volume.downward_api {
            check(of_files(downward.items.as_deref(), ""), "downwardAPI", "DownwardAPI".to_owned());
        }
        let Some(projected) = &volume.projected else { continue };
        let above = at.child("projected");
        let above = above.child("sources");
        let described = "Projected".to_owned();
        let mut paths = Paths::new(&volume.name, described, &above, &mut left);
        let mut before = Vec::new();
        for (i, source) in projected.sources.iter().flatten().enumerate() {
            if *source == VolumeProjection::default() {
                let at = above.index(i);
                let text = format!("volume {} (Projected) has no sources provided", quoted(&volume.name));
                let message = Message::new(id::CHECK_API_WARNINGS_NO_SOURCES);
                warnings.push(Warning::new(&at, text, message).mend(Mend::delete(at.steps())));
                continue;
            }
            // 1.33 forgot to forget: a source without items repeats the one before it.
            let targets = match of_source(source) {
                None if version == Version::V1_33 => before.clone(),
                found => found.unwrap_or_default(),
            };
            if version == Version::V1_33 {
                before.clone_from(&targets);
            }
            for target in targets {
                paths.add(target, warnings);
            }
        }
    }
}

fn of_items<'a>(items: Option<&'a [KeyToPath]>, source: &str) -> Vec<Target<'a>> {
    items.unwrap_or_default().iter().map(|item| Target { path: &item.path, source: source.to_owned() }).collect()
}

fn of_files<'a>(files: Option<&'a [DownwardAPIVolumeFile]>, source: &str) -> Vec<Target<'a>> {
    files.unwrap_or_default().iter().map(|file| Target { path: &file.path, source: source.to_owned() }).collect()
}

/// What the first kind of source that names paths writes.
fn of_source(source: &VolumeProjection) -> Option<Vec<Target<'_>>> {
    let one = |path, source: String| Target { path, source };
    if let Some(map) = source.config_map.as_ref().filter(|map| map.items.is_some()) {
        return Some(of_items(map.items.as_deref(), &format!("ConfigMap {}", quoted(&map.name))));
    }
    if let Some(secret) = source.secret.as_ref().filter(|secret| secret.items.is_some()) {
        return Some(of_items(secret.items.as_deref(), &format!("Secret {}", quoted(&secret.name))));
    }
    if let Some(downward) = source.downward_api.as_ref().filter(|downward| downward.items.is_some()) {
        return Some(of_files(downward.items.as_deref(), "DownwardAPI"));
    }
    if let Some(token) = &source.service_account_token {
        return Some(vec![one(token.path.as_str(), "ServiceAccountToken".to_owned())]);
    }
    if let Some(bundle) = &source.cluster_trust_bundle {
        let name = bundle.name.as_ref().or(bundle.signer_name.as_ref()).map(String::as_str).unwrap_or_default();
        return Some(vec![one(bundle.path.as_str(), format!("ClusterTrustBundle {}", quoted(name)))]);
    }
    let certificate = source.pod_certificate.as_ref()?;
    let named = [
        (&certificate.certificate_chain_path, "PodCertificate chain"),
        (&certificate.key_path, "PodCertificate key"),
        (&certificate.credential_bundle_path, "PodCertificate credential bundle"),
    ];
    let found = named.into_iter().filter_map(|(path, source)| Some((path.as_deref()?, source)));
    Some(found.filter(|(path, _)| !path.is_empty()).map(|(path, source)| one(path, source.to_owned())).collect())
}
