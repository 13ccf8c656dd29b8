use k8s_openapi::api::core::v1::Container;

use super::container::validate_container_only_for_pod;
use super::object_meta::{name_is_dns_subdomain, validate_object_meta};
use super::pod_annotations::{
    validate_app_armor_annotations_and_fields_match_on_create, validate_pod_specific_annotations,
    validate_seccomp_annotations_and_fields,
};
use super::pod_spec::validate_pod_spec;
use super::{ErrorList, Mend, Options, Path};
use crate::defaults::Pod;
use crate::i18n::{Message, id};

/// `ValidatePodCreate`.
pub fn validate_pod_create(pod: &Pod, errs: &mut ErrorList) {
    validate_pod_metadata_and_spec(pod, errs);

    let Some(spec) = &pod.spec else { return };
    let path = Path::new("spec");
    if spec.ephemeral_containers.iter().flatten().next().is_some() {
        let list = path.child("ephemeralContainers");
        let error = errs.forbidden(&list, "cannot be set on create", id::CHECK_API_POD_EPHEMERAL_CONTAINERS);
        error.mend(Mend::delete(list.steps()));
    }
    if spec.node_name.as_deref().is_some_and(|name| !name.is_empty())
        && spec.scheduling_gates.iter().flatten().next().is_some()
    {
        errs.forbidden(
            &path.child("nodeName"),
            "cannot be set until all schedulingGates have been cleared",
            Message::new(id::CHECK_API_POD_SPEC_NOT_WITH).with("key", "nodeName").with("other", "schedulingGates"),
        );
    }
    let annotations = pod.metadata.annotations.as_ref();
    validate_seccomp_annotations_and_fields(annotations, spec, &path, errs);
    validate_app_armor_annotations_and_fields_match_on_create(annotations, spec, &path, errs);
}

/// `validatePodMetadataAndSpec`. That a grace period is not negative (1.37) need not be asked: a Pod's is
/// set to 1 before.
fn validate_pod_metadata_and_spec(pod: &Pod, errs: &mut ErrorList) {
    // Upstream's spec is a struct, never nil.
    let empty = Default::default();
    let spec = pod.spec.as_ref().unwrap_or(&empty);
    let opts = Options { version: errs.version, pod: Some(&pod.metadata) };
    let (meta_path, path) = (Path::new("metadata"), Path::new("spec"));

    validate_object_meta(&pod.metadata, name_is_dns_subdomain, &meta_path, errs);
    let annotations = pod.metadata.annotations.as_ref();
    validate_pod_specific_annotations(annotations, spec, &meta_path.child("annotations"), opts, errs);
    validate_pod_spec(spec, &path, opts, errs);

    if spec.service_account_name.as_deref().unwrap_or_default().is_empty() {
        let volumes = path.child("volumes");
        for (i, volume) in spec.volumes.iter().flatten().enumerate() {
            let volume_path = volumes.index(i);
            let projected_path = volume_path.child("projected");
            let sources_path = projected_path.child("sources");
            let sources = volume.projected.iter().flat_map(|projected| projected.sources.iter().flatten());
            for (j, _) in sources.enumerate().filter(|(_, source)| source.service_account_token.is_some()) {
                let error = errs.forbidden(
                    &sources_path.index(j).child("serviceAccountToken"),
                    "must not be specified when serviceAccountName is not set",
                    id::CHECK_API_POD_TOKEN_WITHOUT_ACCOUNT,
                );
                // What the admission plugin of most clusters fills in.
                error.mend(Mend::set(path.child("serviceAccountName").steps(), "default"));
            }
        }
    }

    validate_containers_only_for_pod(&spec.containers, &path.child("containers"), errs);
    let init = spec.init_containers.as_deref().unwrap_or_default();
    validate_containers_only_for_pod(init, &path.child("initContainers"), errs);
}

fn validate_containers_only_for_pod(containers: &[Container], path: &Path<'_>, errs: &mut ErrorList) {
    for (i, container) in containers.iter().enumerate() {
        validate_container_only_for_pod(container, &path.index(i), errs);
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{assert_fixes_help, pod_faults};
    use crate::k8s::Version::V1_37;

    /// A fix of these rules' own for each fault that has one.
    #[test]
    fn fixes_help() {
        let pod = |spec: &str| format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n{spec}");
        let one = "  containers:\n    - {name: a, image: b}\n";
        for (spec, fixes) in [
            ("  containers:\n    - name: a\n      image: ' b'\n".to_owned(), 1),
            (format!("{one}  ephemeralContainers:\n    - {{name: e, image: b}}\n"), 1),
            (format!("{one}  restartPolicy: always\n  dnsPolicy: default\n  preemptionPolicy: never\n"), 3),
            (format!("{one}  os: {{name: Linux}}\n  hostname: My_Host\n  serviceAccountName: A_b\n"), 3),
            (format!("{one}  os: {{name: linux}}\n  securityContext:\n    windowsOptions: {{}}\n"), 1),
            (format!("{one}  os: {{name: windows}}\n  hostPID: true\n  securityContext:\n    runAsUser: 1\n"), 2),
            (format!("{one}  securityContext:\n    windowsOptions: {{hostProcess: true}}\n"), 1),
            (
                format!(
                    "{one}  hostNetwork: true\n  securityContext:\n    sysctls:\n      - {{name: net.a, value: '1'}}\n"
                ),
                1,
            ),
            (format!("{one}  securityContext:\n    seccompProfile: {{type: unconfined, localhostProfile: a}}\n"), 2),
            (format!("{one}  securityContext:\n    appArmorProfile: {{type: Localhost, localhostProfile: ' a'}}\n"), 1),
            (
                format!(
                    "{one}  securityContext:\n    fsGroupChangePolicy: always\n    supplementalGroupsPolicy: merge\n"
                ),
                2,
            ),
            (format!("{one}  schedulingGates:\n    - name: a.b/c\n    - name: a.b/c\n"), 1),
            (format!("{one}  dnsConfig:\n    nameservers: [1.1.1.1, 2.2.2.2, 3.3.3.3, 4.4.4.4]\n"), 1),
            (
                format!(
                    "{one}  volumes:\n    - name: v\n      projected:\n        sources:\n          - serviceAccountToken: {{path: p}}\n"
                ),
                1,
            ),
        ] {
            assert_fixes_help(&pod(&spec), fixes);
        }
    }

    #[test]
    fn what_only_pods_are_asked() {
        for (spec, expected) in [
            (
                "{containers: [{name: a, image: b}], ephemeralContainers: [{name: d, image: e}]}",
                vec!["spec.ephemeralContainers: Forbidden: cannot be set on create"],
            ),
            (
                "{containers: [{name: a, image: b}], nodeName: node1, schedulingGates: [{name: x.y/z}]}",
                vec!["spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"],
            ),
            (
                "{containers: [{name: a, image: ' b'}], initContainers: [{name: i, image: 'c '}]}",
                vec![
                    "spec.containers[0].image: Invalid value: \" b\": must not have leading or trailing whitespace",
                    "spec.initContainers[0].image: Invalid value: \"c \": must not have leading or trailing whitespace",
                ],
            ),
            (
                "{containers: [{name: a, image: b}], volumes: [{name: v, projected: {sources: [{downwardAPI: {}}, {serviceAccountToken: {path: p, expirationSeconds: 3600}}]}}]}",
                vec![
                    "spec.volumes[0].projected.sources[1].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set",
                ],
            ),
            (
                "{containers: [{name: a, image: b}], serviceAccountName: s, volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: p, expirationSeconds: 3600}}]}}]}",
                vec![],
            ),
        ] {
            assert_eq!(pod_faults(spec, V1_37), expected, "{spec}");
        }
    }
}
