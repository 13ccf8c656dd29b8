use std::collections::HashSet;

use k8s_openapi::api::core::v1::PodResourceClaim;
use serde_json::json;

use super::content::is_dns1123_label;
use super::object_meta::name_is_dns_subdomain;
use super::{BadValue, ErrorList, Options, Path};
use crate::i18n::{Message, id};

/// `validatePodResourceClaims`.
pub fn validate_pod_resource_claims(
    claims: &[PodResourceClaim],
    path: &Path<'_>,
    opts: Options<'_>,
    errs: &mut ErrorList,
) {
    let annotations = opts.pod.and_then(|meta| meta.annotations.as_ref());
    let is_mirror = annotations.is_some_and(|annotations| annotations.contains_key("kubernetes.io/config.mirror"));
    let mut names = HashSet::new();
    for (i, claim) in claims.iter().enumerate() {
        let claim_path = path.index(i);
        if is_mirror {
            // `field.NewPath("")` is written `[]`.
            let nowhere = Path::ROOT.key("");
            let detail = "static pods do not support resource claims";
            errs.forbidden(&nowhere, detail, id::CHECK_API_RESOURCE_CLAIM_STATIC).at(&claim_path);
        } else {
            validate_pod_resource_claim(claim, &mut names, &claim_path, errs);
        }
    }
}

fn validate_pod_resource_claim<'s>(
    claim: &'s PodResourceClaim,
    names: &mut HashSet<&'s str>,
    path: &Path<'_>,
    errs: &mut ErrorList,
) {
    let name_path = path.child("name");
    if claim.name.is_empty() {
        errs.missing(&name_path, "");
    } else if !names.insert(&claim.name) {
        let message = Message::new(id::CHECK_API_RESOURCE_CLAIM_TWICE).with("name", claim.name.as_str());
        errs.duplicate(&name_path, &claim.name, message);
    } else {
        errs.invalid_each(&name_path, &claim.name, is_dns1123_label(&claim.name));
    }

    let (existing, template) = (&claim.resource_claim_name, &claim.resource_claim_template_name);
    let detail = match (existing, template) {
        (Some(_), Some(_)) => {
            Some("at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified")
        }
        (None, None) => Some("must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"),
        _ => None,
    };
    if let Some(detail) = detail {
        errs.invalid(path, shown(claim), detail, id::CHECK_API_RESOURCE_CLAIM_ONE_OF);
    }
    for (key, name) in [("resourceClaimName", existing), ("resourceClaimTemplateName", template)] {
        if let Some(name) = name {
            errs.invalid_each(&path.child(key), name, name_is_dns_subdomain(name, false));
        }
    }
}

/// As `json.Marshal` writes the internal type; the field is not there in 1.33.
fn shown(claim: &PodResourceClaim) -> BadValue {
    let json = json!({
        "Name": claim.name,
        "ResourceClaimName": claim.resource_claim_name,
        "ResourceClaimTemplateName": claim.resource_claim_template_name,
    });
    BadValue::Struct { json, go: String::new() }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, spec_faults, value as read};
    use super::*;
    use crate::k8s::Version::V1_37;

    #[test]
    fn claims() {
        for (claims, expected) in [
            ("[{name: a, resourceClaimName: b}, {name: c, resourceClaimTemplateName: d.e}]", vec![]),
            ("[{name: '', resourceClaimName: b}]", vec!["spec.resourceClaims[0].name: Required value"]),
            (
                "[{name: a, resourceClaimName: b}, {name: a, resourceClaimName: b}]",
                vec!["spec.resourceClaims[1].name: Duplicate value: \"a\""],
            ),
            (
                "[{name: a.b, resourceClaimName: b}]",
                vec!["spec.resourceClaims[0].name: Invalid value: \"a.b\": must not contain dots"],
            ),
            (
                "[{name: a}]",
                vec![
                    "spec.resourceClaims[0]: Invalid value: {\"Name\":\"a\",\"ResourceClaimName\":null,\"ResourceClaimTemplateName\":null}: must specify one of: `resourceClaimName`, `resourceClaimTemplateName`",
                ],
            ),
            (
                "[{name: a, resourceClaimName: b, resourceClaimTemplateName: c}]",
                vec![
                    "spec.resourceClaims[0]: Invalid value: {\"Name\":\"a\",\"ResourceClaimName\":\"b\",\"ResourceClaimTemplateName\":\"c\"}: at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified",
                ],
            ),
        ] {
            assert_eq!(spec_faults(&format!("{{resourceClaims: {claims}}}"), V1_37), expected, "{claims}");
        }
        let said = spec_faults(
            "{resourceClaims: [{name: a, resourceClaimName: B}, {name: b, resourceClaimTemplateName: _}]}",
            V1_37,
        );
        let fields: Vec<_> = said.iter().filter_map(|line| line.split(": ").next()).collect();
        assert_eq!(
            fields,
            ["spec.resourceClaims[0].resourceClaimName", "spec.resourceClaims[1].resourceClaimTemplateName"]
        );
    }

    #[test]
    fn a_static_pod_has_none() {
        let meta = read("{annotations: {kubernetes.io/config.mirror: x}}");
        let claims: Vec<PodResourceClaim> = read("[{name: ''}, {name: b}]");
        let opts = Options { version: V1_37, pod: Some(&meta) };
        let said = faults(V1_37, |errs| validate_pod_resource_claims(&claims, &Path::new("x"), opts, errs));
        assert_eq!(said, ["[]: Forbidden: static pods do not support resource claims"; 2]);
    }
}
