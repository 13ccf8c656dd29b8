use std::collections::{HashMap, HashSet};

use k8s_openapi::api::core::v1::{Container, VolumeMount};
use serde_json::json;

use super::volume::Volumes;
use super::{BadValue, ErrorList, FieldError, Mend, Options, Path, content};
use crate::check::nearest::nearest;
use crate::i18n::{Message, id};
use crate::yaml::Step;

/// Names and paths, as upstream's map keeps them: of equal names the last path counts.
#[derive(Default)]
struct Taken<'a> {
    names: HashMap<&'a str, &'a str>,
    paths: HashSet<&'a str>,
}

impl<'a> Taken<'a> {
    fn new(entries: impl Iterator<Item = (&'a str, &'a str)>) -> Taken<'a> {
        let names: HashMap<_, _> = entries.collect();
        let paths = names.values().copied().collect();
        Taken { names, paths }
    }
}

/// Whether an element of the path is `..` (`validatePathNoBacksteps`).
pub fn has_backsteps(path: &str) -> bool {
    path.split('/').any(|part| part == "..")
}

/// `validatePathNoBacksteps`; `real` is the place in the tree.
pub fn validate_path_no_backsteps(value: &str, path: &Path<'_>, real: &Path<'_>, errs: &mut ErrorList) {
    let from = errs.len();
    errs.invalid_each(path, value, content::validate_path_no_backsteps(value));
    errs.move_since(from, path, real);
}

/// `validateLocalDescendingPath`; `real` is the place in the tree.
pub fn validate_local_descending_path(value: &str, path: &Path<'_>, real: &Path<'_>, errs: &mut ErrorList) {
    let from = errs.len();
    errs.invalid_each(path, value, content::validate_local_descending_path(value));
    errs.move_since(from, path, real);
}

/// The pod has no such volume (or none without a fault).
pub fn volume_not_found<'e>(name: &str, path: &Path<'_>, errs: &'e mut ErrorList) -> &'e mut FieldError {
    let message = Message::new(id::CHECK_API_MOUNT_NO_VOLUME).with("name", BadValue::from(name).plain());
    errs.not_found(path, name, message)
}

/// Among more volumes than that nobody looks for one of a similar name, for each mount again.
const FEW: usize = 32;

/// The volume that is probably meant.
fn meant_volume(name: &str, path: &Path<'_>, volumes: &Volumes<'_>) -> Option<Mend> {
    if volumes.len() > FEW {
        return None;
    }
    let mut there: Vec<&str> = volumes.keys().copied().collect();
    // Of two that are as near, always the same.
    there.sort_unstable();
    nearest(name, there).map(|meant| Mend::set(path.steps(), meant))
}

/// Gives the pod the volume that the container at `path` asks for, without anything in it.
fn add_volume(name: &str, path: &Path<'_>) -> Option<Mend> {
    const LISTS: [&str; 3] = ["containers", "initContainers", "ephemeralContainers"];
    let mut steps = path.steps();
    let list = steps.iter().position(|step| matches!(step, Step::Key(key) if LISTS.contains(&key.as_str())))?;
    steps.truncate(list);
    steps.push(Step::from("volumes"));
    let title = Message::new(id::CHECK_FIX_ADD_VOLUME).with("name", name);
    let fits = content::is_dns1123_label(name).is_empty();
    fits.then(|| Mend::append(steps, json!({"name": name, "emptyDir": {}})).titled(title))
}

/// `ValidateVolumeMounts`, without `bindMountOptions`, whose gate is off everywhere.
pub fn validate_volume_mounts(
    container: &Container,
    volumes: &Volumes<'_>,
    path: &Path<'_>,
    _opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let mounts = container.volume_mounts.as_deref().unwrap_or_default();
    if mounts.is_empty() {
        return;
    }
    let devices = container.volume_devices.iter().flatten();
    let devices = Taken::new(devices.map(|device| (device.name.as_str(), device.device_path.as_str())));
    let mut points = HashSet::new();
    for (i, mount) in mounts.iter().enumerate() {
        let item = path.index(i);
        let (name, at) = (mount.name.as_str(), mount.mount_path.as_str());
        let (name_path, mount_path) = (item.child("name"), item.child("mountPath"));
        if name.is_empty() {
            errs.missing(&name_path, "");
        }
        if !volumes.contains_key(name) {
            let mends = [meant_volume(name, &name_path, volumes), add_volume(name, &name_path)];
            volume_not_found(name, &name_path, errs).mends.extend(mends.into_iter().flatten());
        }
        if at.is_empty() {
            errs.missing(&mount_path, "");
        }
        if !points.insert(at) {
            unique(at, &mount_path, "must be unique", errs);
        }
        if devices.names.contains_key(name) {
            both(name, &name_path, "must not already exist in volumeDevices", errs);
        }
        if devices.paths.contains(at) {
            unique(at, &mount_path, "must not already exist as a path in volumeDevices", errs);
        }
        let sub_path = mount.sub_path.as_deref().unwrap_or_default();
        if !sub_path.is_empty() {
            validate_local_descending_path(sub_path, &path.child("subPath"), &item.child("subPath"), errs);
        }
        let expr = mount.sub_path_expr.as_deref().unwrap_or_default();
        if !expr.is_empty() {
            let real = item.child("subPathExpr");
            if !sub_path.is_empty() {
                let detail = "subPathExpr and subPath are mutually exclusive";
                errs.invalid(&real, expr, detail, id::CHECK_API_MOUNT_SUB_PATHS);
            }
            validate_local_descending_path(expr, &path.child("subPathExpr"), &real, errs);
        }
        validate_mount_propagation(mount, container, path, &item, errs);
        validate_mount_recursive_read_only(mount, path, &item, errs);
    }
}

fn unique(value: &str, path: &Path<'_>, detail: &str, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_MOUNT_PATH_TAKEN)
        .with("key", path.called())
        .with("value", BadValue::from(value).plain());
    errs.invalid(path, value, detail, message);
}

fn both(name: &str, path: &Path<'_>, detail: &str, errs: &mut ErrorList) {
    let message = Message::new(id::CHECK_API_MOUNT_BOTH).with("name", BadValue::from(name).plain());
    errs.invalid(path, name, detail, message);
}

/// `validateMountPropagation`.
fn validate_mount_propagation(
    mount: &VolumeMount,
    container: &Container,
    list: &Path<'_>,
    item: &Path<'_>,
    errs: &mut ErrorList,
) {
    const SUPPORTED: &[&str] = &["Bidirectional", "HostToContainer", "None"];
    let Some(propagation) = mount.mount_propagation.as_deref() else { return };
    let (path, real) = (list.child("mountPropagation"), item.child("mountPropagation"));
    if !SUPPORTED.contains(&propagation) {
        at_real(
            errs.not_supported(&path, BadValue::Named(propagation.into()), SUPPORTED),
            propagation,
            SUPPORTED,
            &real,
        );
    }
    let privileged = container.security_context.as_ref().and_then(|context| context.privileged) == Some(true);
    if propagation == "Bidirectional" && !privileged {
        let detail = "Bidirectional mount propagation is available only to privileged containers";
        errs.forbidden(&path, detail, id::CHECK_API_MOUNT_PRIVILEGED).at(&real);
    }
}

/// Moves a `NotSupported` and its fix to where the value stands.
fn at_real(error: &mut super::FieldError, value: &str, supported: &[&str], real: &Path<'_>) {
    error.at(real).mends.clear();
    if let Some(meant) = crate::check::nearest::nearest(value, supported.iter().copied()) {
        error.mend(Mend::set(real.steps(), meant));
    }
}

/// `validateMountRecursiveReadOnly`.
fn validate_mount_recursive_read_only(mount: &VolumeMount, list: &Path<'_>, item: &Path<'_>, errs: &mut ErrorList) {
    const SUPPORTED: &[&str] = &["Disabled", "Enabled", "IfPossible"];
    let Some(recursive) = mount.recursive_read_only.as_deref() else { return };
    let (path, real) = (list.child("recursiveReadOnly"), item.child("recursiveReadOnly"));
    match recursive {
        "Disabled" => {}
        "Enabled" | "IfPossible" => {
            if mount.read_only != Some(true) {
                let detail = "may only be specified when readOnly is true";
                errs.forbidden(&path, detail, id::CHECK_API_MOUNT_RECURSIVE)
                    .at(&real)
                    .mend(Mend::set(item.child("readOnly").steps(), json!(true)));
            }
            if mount.mount_propagation.as_deref().is_some_and(|propagation| propagation != "None") {
                let detail = "may only be specified when mountPropagation is None or not specified";
                errs.forbidden(&path, detail, id::CHECK_API_MOUNT_RECURSIVE_PROPAGATION)
                    .at(&real)
                    .mend(Mend::delete(item.child("mountPropagation").steps()));
            }
        }
        other => at_real(errs.not_supported(&path, BadValue::Named(other.into()), SUPPORTED), other, SUPPORTED, &real),
    }
}

/// `ValidateVolumeDevices`.
pub fn validate_volume_devices(container: &Container, volumes: &Volumes<'_>, path: &Path<'_>, errs: &mut ErrorList) {
    let devices = container.volume_devices.as_deref().unwrap_or_default();
    if devices.is_empty() {
        return;
    }
    let mounts = container.volume_mounts.iter().flatten();
    let mounts = Taken::new(mounts.map(|mount| (mount.name.as_str(), mount.mount_path.as_str())));
    let (mut names, mut paths) = (HashSet::new(), HashSet::new());
    for (i, device) in devices.iter().enumerate() {
        let item = path.index(i);
        let (name, at) = (device.name.as_str(), device.device_path.as_str());
        let (name_path, device_path) = (item.child("name"), item.child("devicePath"));
        if name.is_empty() {
            errs.missing(&name_path, "");
        } else if !names.insert(name) {
            let message = Message::new(id::CHECK_API_MOUNT_DEVICE_TWICE).with("name", BadValue::from(name).plain());
            errs.invalid(&name_path, name, "must be unique", message);
        }
        match volumes.get(name) {
            Some(volume) if volume.persistent_volume_claim.is_none() && volume.ephemeral.is_none() => {
                let detail = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
                errs.invalid(&name_path, name, detail, id::CHECK_API_MOUNT_DEVICE_KIND);
            }
            Some(_) => {}
            None => {
                volume_not_found(name, &name_path, errs);
            }
        }
        if at.is_empty() {
            errs.missing(&device_path, "");
        }
        if paths.contains(at) {
            unique(at, &device_path, "must be unique", errs);
        }
        if has_backsteps(at) {
            let message = Message::new(id::CHECK_API_MOUNT_BACKSTEPS).with("key", device_path.called());
            errs.invalid(&device_path, at, "can not contain backsteps ('..')", message);
        } else {
            paths.insert(at);
        }
        if mounts.names.contains_key(name) {
            both(name, &name_path, "must not already exist in volumeMounts", errs);
        }
        if mounts.paths.contains(at) {
            unique(at, &device_path, "must not already exist as a path in volumeMounts", errs);
        }
    }
}
