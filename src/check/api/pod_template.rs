use k8s_openapi::api::core::v1::PodTemplateSpec;

use super::object_meta::{validate_annotations, validate_labels};
use super::pod_annotations::{
    validate_app_armor_annotations_and_fields_match_on_create, validate_pod_specific_annotations,
    validate_seccomp_annotations_and_fields,
};
use super::pod_spec::validate_pod_spec;
use super::{ErrorList, Mend, Options, Path};
use crate::i18n::id;

/// `ValidatePodTemplateSpec`. The server leaves `metadata` out of the fields' names.
pub fn validate_pod_template_spec(template: &PodTemplateSpec, path: &Path<'_>, errs: &mut ErrorList) {
    // Upstream's structs are never nil.
    let empty = Default::default();
    let spec = template.spec.as_ref().unwrap_or(&empty);
    let opts = Options { version: errs.version, pod: None };
    let meta = template.metadata.as_ref();
    let labels = meta.and_then(|meta| meta.labels.as_ref());
    let annotations = meta.and_then(|meta| meta.annotations.as_ref());
    let meta_path = path.child("metadata");

    let (from, said) = (errs.len(), path.child("labels"));
    validate_labels(labels, &said, errs);
    errs.move_since(from, &said, &meta_path.child("labels"));

    let (from, said) = (errs.len(), path.child("annotations"));
    validate_annotations(annotations, &said, errs);
    validate_pod_specific_annotations(annotations, spec, &said, opts, errs);
    errs.move_since(from, &said, &meta_path.child("annotations"));

    let spec_path = path.child("spec");
    validate_pod_spec(spec, &spec_path, opts, errs);
    validate_seccomp_annotations_and_fields(annotations, spec, &spec_path, errs);
    validate_app_armor_annotations_and_fields_match_on_create(annotations, spec, &spec_path, errs);

    if spec.ephemeral_containers.iter().flatten().next().is_some() {
        let list = spec_path.child("ephemeralContainers");
        let detail = "ephemeral containers not allowed in pod template";
        let error = errs.forbidden(&list, detail, id::CHECK_API_POD_EPHEMERAL_CONTAINERS);
        error.mend(Mend::delete(list.steps()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, value as read};
    use super::*;
    use crate::k8s::Version::V1_37;

    #[test]
    fn ephemeral_containers_are_none_of_a_template() {
        let template =
            read("{spec: {ephemeralContainers: [{name: a, image: b, targetContainerName: c}], containers: []}}");
        let said = faults(V1_37, |errs| validate_pod_template_spec(&template, &Path::new("template"), errs));
        let expected = "template.spec.ephemeralContainers: Forbidden: ephemeral containers not allowed in pod template";
        assert_eq!(said.last().map(String::as_str), Some(expected));
    }

    #[test]
    fn the_place_is_under_metadata_though_the_server_leaves_it_out() {
        let mut errs = ErrorList::new(V1_37);
        let path = Path::new("template");
        let (said, at) = (path.child("labels"), path.child("metadata"));
        let from = errs.len();
        errs.invalid_each(&said, "My App", crate::check::api::content::is_dns1123_label("My App"));
        errs.move_since(from, &said, &at.child("labels"));
        let error = &errs.since(0)[0];
        assert_eq!(error.field.to_string(), "template.labels");
        assert_eq!(error.steps(), at.child("labels").steps());
        assert_eq!(error.mends, [Mend::set(at.child("labels").steps(), "my-app")]);
    }
}
