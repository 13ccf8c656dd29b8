use std::collections::HashMap;

use k8s_openapi::api::core::v1::{
    EnvFromSource, EnvVar, FileKeySelector, ObjectFieldSelector, PodSpec, ResourceFieldSelector,
};

use super::mount::{validate_path_no_backsteps, volume_not_found};
use super::resources::quantity_text;
use super::volume::Volumes;
use super::{BadValue, ErrorList, Mend, Options, Path, content};
use crate::i18n::{Message, id};
use crate::k8s::{Gate, Quantity};

/// What `fieldRef` of a variable may read, beside labels and annotations with a key.
const FIELDS: &[&str] = &[
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs",
];

/// What `resourceFieldRef` may read, beside huge pages.
const RESOURCES: &[&str] = &[
    "limits.cpu",
    "limits.ephemeral-storage",
    "limits.memory",
    "requests.cpu",
    "requests.ephemeral-storage",
    "requests.memory",
];

const CPU_DIVISORS: &[&str] = &["1m", "1"];
const BYTE_DIVISORS: &[&str] = &["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

/// `ValidateEnv`.
pub fn validate_env(env: &[EnvVar], path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    for (i, variable) in env.iter().enumerate() {
        let item = path.index(i);
        if variable.name.is_empty() {
            errs.missing(&item.child("name"), "");
        } else {
            errs.invalid_each(&item.child("name"), &variable.name, content::is_env_var_name(&variable.name));
        }
        validate_env_var_value_from(variable, &item.child("valueFrom"), opts, errs);
    }
}

/// `validateEnvVarValueFrom`.
fn validate_env_var_value_from(variable: &EnvVar, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    let Some(source) = &variable.value_from else { return };
    let mut sources = 0;
    if let Some(selector) = &source.field_ref {
        sources += 1;
        validate_object_field_selector(selector, FIELDS, &path.child("fieldRef"), errs);
    }
    if let Some(selector) = &source.resource_field_ref {
        sources += 1;
        validate_container_resource_field_selector(selector, &path.child("resourceFieldRef"), false, errs);
    }
    if let Some(selector) = &source.config_map_key_ref {
        sources += 1;
        validate_key_selector(&selector.name, &selector.key, &path.child("configMapKeyRef"), errs);
    }
    if let Some(selector) = &source.secret_key_ref {
        sources += 1;
        validate_key_selector(&selector.name, &selector.key, &path.child("secretKeyRef"), errs);
    }
    if let Some(selector) = &source.file_key_ref {
        sources += 1;
        validate_file_key_selector(selector, &path.child("fileKeyRef"), errs);
    }
    if sources == 0 {
        let (detail, allowed) = match opts.on(Gate::EnvFiles) {
            true => (
                "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
                "fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef, fileKeyRef",
            ),
            false => (
                "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`",
                "fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef",
            ),
        };
        no_source(path, detail, allowed, errs);
    } else if variable.value.as_deref().is_some_and(|value| !value.is_empty()) {
        errs.invalid(path, "", "may not be specified when `value` is not empty", id::CHECK_API_ENV_VALUE_TOO);
    } else if sources > 1 {
        two_sources(path, errs);
    }
}

fn no_source<'e>(path: &Path<'_>, detail: &str, allowed: &str, errs: &'e mut ErrorList) -> &'e mut super::FieldError {
    let message =
        Message::new(id::CHECK_API_ENV_NO_SOURCE).with("key", path.called()).with("allowed", allowed.to_owned());
    errs.invalid(path, "", detail, message)
}

fn two_sources<'e>(path: &Path<'_>, errs: &'e mut ErrorList) -> &'e mut super::FieldError {
    let message = Message::new(id::CHECK_API_ENV_TWO_SOURCES).with("key", path.called());
    errs.invalid(path, "", "may not have more than one field specified at a time", message)
}

/// `ValidateEnvFrom`; what is wrong with the number of sources is said of the whole list.
pub fn validate_env_from(sources: &[EnvFromSource], path: &Path<'_>, _opts: Options<'_>, errs: &mut ErrorList) {
    for (i, source) in sources.iter().enumerate() {
        let item = path.index(i);
        let prefix = source.prefix.as_deref().unwrap_or_default();
        if !prefix.is_empty() {
            errs.invalid_each(&item.child("prefix"), prefix, content::is_env_var_name(prefix));
        }
        if let Some(source) = &source.config_map_ref {
            validate_env_source(&source.name, &item.child("configMapRef"), errs);
        }
        if let Some(source) = &source.secret_ref {
            validate_env_source(&source.name, &item.child("secretRef"), errs);
        }
        match (&source.config_map_ref, &source.secret_ref) {
            (None, None) => {
                let detail = "must specify one of: `configMapRef` or `secretRef`";
                no_source(path, detail, "configMapRef, secretRef", errs).at(&item);
            }
            (Some(_), Some(_)) => {
                two_sources(path, errs).at(&item);
            }
            _ => {}
        }
    }
}

/// `validateConfigMapEnvSource`, `validateSecretEnvSource`: the name may end like a prefix of a name.
fn validate_env_source(name: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let path = path.child("name");
    if name.is_empty() {
        errs.missing(&path, "");
        return;
    }
    // `maskTrailingDash`: a hyphen at the end stands for what a server would add.
    let masked = name.strip_suffix('-').filter(|rest| !rest.is_empty()).and_then(|rest| {
        let mut kept = rest.chars();
        kept.next_back();
        // Bytes upstream; what is not ASCII is refused in either way.
        rest.is_ascii().then(|| format!("{}a", kept.as_str()))
    });
    errs.invalid_each(&path, name, content::is_dns1123_subdomain(masked.as_deref().unwrap_or(name)));
}

/// `validateConfigMapKeySelector`, `validateSecretKeySelector`.
fn validate_key_selector(name: &str, key: &str, path: &Path<'_>, errs: &mut ErrorList) {
    errs.invalid_each(&path.child("name"), name, content::is_dns1123_subdomain(name));
    if key.is_empty() {
        errs.missing(&path.child("key"), "");
    } else {
        errs.invalid_each(&path.child("key"), key, content::is_config_map_key(key));
    }
}

/// `validateFileKeySelector`.
fn validate_file_key_selector(selector: &FileKeySelector, path: &Path<'_>, errs: &mut ErrorList) {
    let at = path.child("key");
    match selector.key.as_str() {
        "" => {
            errs.missing(&at, "");
        }
        key => errs.invalid_each(&at, key, content::is_env_var_name(key)),
    }
    let at = path.child("volumeName");
    match selector.volume_name.as_str() {
        "" => {
            errs.missing(&at, "");
        }
        name => errs.invalid_each(&at, name, content::is_dns1123_label(name)),
    }
    let at = path.child("path");
    match selector.path.as_str() {
        "" => {
            errs.missing(&at, "");
        }
        file => validate_path_no_backsteps(file, &at, &at, errs),
    }
}

/// `validateObjectFieldSelector`.
pub fn validate_object_field_selector(
    selector: &ObjectFieldSelector,
    allowed: &[&str],
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let version = selector.api_version.as_deref().unwrap_or_default();
    if version.is_empty() {
        errs.missing(&path.child("apiVersion"), "");
        return;
    }
    let at = path.child("fieldPath");
    let field = selector.field_path.as_str();
    if field.is_empty() {
        errs.missing(&at, "");
        return;
    }
    match convert_downward_api_field_label(version, field) {
        Err(error) => {
            let detail = format!("error converting fieldPath: {error}");
            if version != "v1" {
                let real = path.child("apiVersion");
                errs.invalid(&at, field, &detail, id::CHECK_API_ENV_API_VERSION)
                    .at(&real)
                    .mend(Mend::set(real.steps(), "v1"));
                return;
            }
            let message = Message::new(id::CHECK_API_ENV_FIELD)
                .with("value", BadValue::from(field).plain())
                .with("allowed", allowed.join(", "));
            let error = errs.invalid(&at, field, &detail, message);
            if let Some(meant) = crate::check::nearest::nearest(field, allowed.iter().copied()) {
                error.mend(Mend::set(at.steps(), meant));
            }
        }
        Ok(Field::Subscripted("metadata.annotations", key)) => {
            qualified_subscript(&key.to_lowercase(), path, &at, errs);
        }
        Ok(Field::Subscripted(_, key)) => qualified_subscript(key, path, &at, errs),
        Ok(Field::Plain(field)) => {
            if !allowed.contains(&field) {
                errs.not_supported(&at, field, allowed);
            }
        }
    }
}

/// The fault of a label's or annotation's key is said of the selector, not of its field.
fn qualified_subscript(key: &str, path: &Path<'_>, real: &Path<'_>, errs: &mut ErrorList) {
    for fault in content::is_qualified_name(key, errs.version) {
        let message = fault.message.with("value", BadValue::from(key).plain());
        errs.invalid(path, key, &fault.detail, message).at(real);
    }
}

enum Field<'a> {
    Plain(&'a str),
    Subscripted(&'a str, &'a str),
}

/// `ConvertDownwardAPIFieldLabel`, with the parts of a path with a key.
fn convert_downward_api_field_label<'a>(version: &str, label: &'a str) -> Result<Field<'a>, String> {
    if version != "v1" {
        return Err(format!("unsupported pod version: {version}"));
    }
    // `SplitMaybeSubscriptedPath`
    let parts = label.strip_suffix("']").and_then(|rest| rest.split_once("['"));
    if let Some((path, key)) = parts.filter(|(path, _)| !path.is_empty()) {
        return match path {
            "metadata.annotations" | "metadata.labels" => Ok(Field::Subscripted(path, key)),
            _ => Err(format!("field label does not support subscript: {label}")),
        };
    }
    match label {
        "metadata.annotations"
        | "metadata.labels"
        | "metadata.name"
        | "metadata.namespace"
        | "metadata.uid"
        | "spec.nodeName"
        | "spec.restartPolicy"
        | "spec.serviceAccountName"
        | "spec.schedulerName"
        | "status.phase"
        | "status.hostIP"
        | "status.hostIPs"
        | "status.podIP"
        | "status.podIPs" => Ok(Field::Plain(label)),
        "spec.host" => Ok(Field::Plain("spec.nodeName")),
        _ => Err(format!("field label not supported: {label}")),
    }
}

/// `validateContainerResourceFieldSelector`.
pub fn validate_container_resource_field_selector(
    selector: &ResourceFieldSelector,
    path: &Path<'_>,
    volume: bool,
    errs: &mut ErrorList,
) {
    let resource = selector.resource.as_str();
    if volume && selector.container_name.as_deref().unwrap_or_default().is_empty() {
        errs.missing(&path.child("containerName"), "");
    } else if resource.is_empty() {
        errs.missing(&path.child("resource"), "");
    } else if !RESOURCES.contains(&resource) && !is_huge_pages(resource) {
        errs.not_supported(&path.child("resource"), resource, RESOURCES);
    }
    let divisor = selector.divisor.as_ref().map_or("", |divisor| divisor.0.as_str());
    validate_container_resource_divisor(resource, divisor, &path.child("divisor"), errs);
}

fn is_huge_pages(resource: &str) -> bool {
    resource.starts_with("requests.hugepages-") || resource.starts_with("limits.hugepages-")
}

/// `validateContainerResourceDivisor`; the server shows the resource as the refused value.
fn validate_container_resource_divisor(resource: &str, divisor: &str, path: &Path<'_>, errs: &mut ErrorList) {
    let set = Quantity::parse(divisor.trim()).is_ok_and(|divisor| divisor.sign().is_ne());
    if !set {
        return;
    }
    let (allowed, what) = match resource {
        "limits.cpu" | "requests.cpu" => (CPU_DIVISORS, "cpu"),
        "limits.memory" | "requests.memory" => (BYTE_DIVISORS, "memory"),
        "limits.ephemeral-storage" | "requests.ephemeral-storage" => (BYTE_DIVISORS, "local ephemeral storage"),
        _ if is_huge_pages(resource) => (BYTE_DIVISORS, "hugepages"),
        _ => return,
    };
    if allowed.contains(&quantity_text(divisor).as_str()) {
        return;
    }
    let list = if what == "cpu" { "1m and 1".to_owned() } else { allowed.join(", ") };
    let detail = format!("only divisor's values {list} are supported with the {what} resource");
    let message = Message::new(id::CHECK_API_ENV_DIVISOR)
        .with("value", BadValue::from(divisor).plain())
        .with("allowed", allowed.join(", "));
    errs.invalid(path, resource, &detail, message);
}

/// `validateFileKeyRefVolumes`; a volume with a fault is there as well.
pub fn validate_file_key_ref_volumes(spec: &PodSpec, _volumes: &Volumes<'_>, path: &Path<'_>, errs: &mut ErrorList) {
    let mut volumes: Option<HashMap<&str, bool>> = None;
    let init = spec.init_containers.iter().flatten().map(|container| &container.env);
    let regular = spec.containers.iter().map(|container| &container.env);
    let ephemeral = spec.ephemeral_containers.iter().flatten().map(|container| &container.env);
    let mut check = |list: &str, i: usize, env: &Option<Vec<EnvVar>>| {
        for (j, variable) in env.iter().flatten().enumerate() {
            let Some(selector) = variable.value_from.as_ref().and_then(|source| source.file_key_ref.as_ref()) else {
                continue;
            };
            let volumes = volumes.get_or_insert_with(|| {
                spec.volumes.iter().flatten().map(|volume| (volume.name.as_str(), volume.empty_dir.is_some())).collect()
            });
            let name = selector.volume_name.as_str();
            let (list, env) = (path.child(list), "env");
            let container = list.index(i);
            let env = container.child(env);
            let item = env.index(j);
            let source = item.child("valueFrom");
            let selector = source.child("fileKeyRef");
            let at = selector.child("volumeName");
            match volumes.get(name) {
                None => {
                    volume_not_found(name, &at, errs);
                }
                Some(true) => {}
                Some(false) => {
                    let message =
                        Message::new(id::CHECK_API_ENV_FILE_VOLUME).with("name", BadValue::from(name).plain());
                    errs.invalid(&at, name, "referenced volume must be of type emptyDir", message);
                }
            }
        }
    };
    init.enumerate().for_each(|(i, env)| check("initContainers", i, env));
    regular.enumerate().for_each(|(i, env)| check("containers", i, env));
    ephemeral.enumerate().for_each(|(i, env)| check("ephemeralContainers", i, env));
}
