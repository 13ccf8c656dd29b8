//! The texts against the catalog: which fields of 1.37 have none.

use manifest_studio::k8s::Version;
use manifest_studio::schema::{Catalog, Docs};

fn everything() -> Docs {
    let mut all = Docs::default();
    for (group, types) in docs::groups() {
        let file = docs::file(&types);
        assert!(file.is_ascii(), "{group}");
        all.add(&group, file.as_bytes()).expect("reads what the tool writes");
    }
    all
}

#[test]
fn well_known_texts() {
    let docs = everything();
    let field = |ty: &str, field: &str| docs.field(ty, field).unwrap_or_else(|| panic!("{ty}.{field}"));
    assert!(field("io.k8s.api.core.v1.PodSpec", "containers").contains("at least one container"));
    assert!(field("io.k8s.api.apps.v1.DeploymentSpec", "replicas").contains("Defaults to 1."));
    assert!(field("io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta", "name").contains("unique within a namespace"));
    assert!(docs.ty("io.k8s.api.core.v1.Pod").is_some_and(|text| text.contains("collection of containers")));
    let crd = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec";
    assert!(field(crd, "names").contains("resource and kind names"));
    assert!(docs.field("io.k8s.kube-aggregator.pkg.apis.apiregistration.v1.APIServiceSpec", "caBundle").is_some());
}

#[test]
fn every_field_of_the_newest_version_has_a_text() {
    let (docs, catalog) = (everything(), Catalog::builtin());
    let mut without = Vec::new();
    for (_, ty) in catalog.types() {
        for field in ty.fields.iter().filter(|f| f.versions.has(Version::LATEST)) {
            if docs.field(&ty.full_name, &field.name).is_none() {
                without.push(format!("{}.{}", ty.full_name, field.name));
            }
        }
    }
    // JSON schema's own words; Kubernetes has no texts for most of them.
    without.retain(|name| !name.contains(".JSONSchemaProps."));
    // Kubernetes' own definitions say nothing about these.
    let silent = [
        "io.k8s.api.certificates.v1.CertificateSigningRequest.metadata",
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation.description",
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.ExternalDocumentation.url",
        "io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource.group",
        "io.k8s.apimachinery.pkg.apis.meta.v1.GroupResource.resource",
    ];
    assert_eq!(without, silent);
}

#[test]
fn the_page_looks_where_the_tool_writes() {
    for (_, ty) in Catalog::builtin().types() {
        assert_eq!(docs::group_of(&ty.full_name), Docs::group_of(&ty.full_name));
    }
}
