use super::*;
use crate::check::api::case::{said, value};

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    let source: ProjectedVolumeSource = value(source);
    let version = Version::V1_37;
    let found = said(version, |errs| {
        validate_projected_volume_source(&source, &Path::new("p"), Options { version, pod: None }, errs);
    });
    assert_eq!(found, expected, "{source:?}");
}

/// One source; `s` stands for its place.
#[track_caller]
fn one(source: &str, expected: &[&str]) {
    let expected: Vec<_> = expected.iter().map(|line| line.replacen("s.", "p.sources[0].", 1)).collect();
    check(&format!("sources: [{{{source}}}]"), &expected.iter().map(String::as_str).collect::<Vec<_>>());
}

/// From upstream's `TestValidateVolumes` (projected) and `validateProjectionSources`.
#[test]
fn sources() {
    check("{}", &[]);
    check("sources: [{}]", &[]);
    check(
        "defaultMode: 1000",
        &["p.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive"],
    );
    one(
        "secret: {items: [{key: '', path: /a}]}, configMap: {}",
        &[
            "s.secret.name: Required value",
            "s.secret.items[0].key: Required value",
            "s.secret.items[0].path: Invalid value: \"/a\": must be a relative path",
            "s.configMap.name: Required value",
            "p.sources[0]: Forbidden: may not specify more than 1 volume type per source",
        ],
    );
    one(
        "downwardAPI: {items: [{path: a}]}",
        &["s.downwardAPI: Required value: one of fieldRef and resourceFieldRef is required"],
    );
    one("serviceAccountToken: {path: t, expirationSeconds: 600}", &[]);
    one("serviceAccountToken: {path: t, expirationSeconds: 4294967296}", &[]);
    one(
        "serviceAccountToken: {path: ''}",
        &["s.serviceAccountToken.expirationSeconds: Required value", "p.path: Required value"],
    );
    one(
        "serviceAccountToken: {path: ../t, expirationSeconds: 599}",
        &[
            "s.serviceAccountToken.expirationSeconds: Invalid value: 599: may not specify a duration less than 10 minutes",
            "p.path: Invalid value: \"../t\": must not contain '..'",
        ],
    );
    one(
        "serviceAccountToken: {path: t, expirationSeconds: 4294967297}",
        &[
            "s.serviceAccountToken.expirationSeconds: Invalid value: 4294967297: may not specify a duration larger than 2^32 seconds",
        ],
    );
}

#[test]
fn paths_of_all_sources_are_kept_apart() {
    let downward = "{path: a, fieldRef: {apiVersion: v1, fieldPath: metadata.name}}";
    let twice = "conflicting duplicate paths";
    check(
        &format!(
            "sources: [{{secret: {{name: s, items: [{{key: k, path: a}}]}}}}, {{configMap: {{name: c, items: [{{key: k, path: a}}]}}}}, \
             {{secret: {{name: s2, items: [{{key: k, path: a}}]}}}}, {{downwardAPI: {{items: [{downward}]}}}}, \
             {{serviceAccountToken: {{path: a, expirationSeconds: 600}}}}, {{clusterTrustBundle: {{name: bn, path: a}}}}, \
             {{podCertificate: {{signerName: a.b/c, keyType: ED25519, credentialBundlePath: a, keyPath: b, certificateChainPath: b}}}}]"
        ),
        &[
            &format!("p: Invalid value: \"c\": {twice}"),
            &format!("p: Invalid value: \"s2\": {twice}"),
            &format!("p: Invalid value: \"a\": {twice}"),
            &format!("p: Invalid value: \"a\": {twice}"),
            &format!("p: Invalid value: \"a\": {twice}"),
            &format!("p: Invalid value: \"b\": {twice}"),
        ],
    );
}

#[test]
fn trust_bundles() {
    let subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    let bundle = |rest: &str, expected: &[&str]| one(&format!("clusterTrustBundle: {{path: p{rest}}}"), expected);
    bundle(", name: a", &[]);
    bundle(", name: 'example.com:x:a'", &[]);
    bundle(", signerName: example.com/x", &[]);
    bundle("", &["s.clusterTrustBundle: Required value: either name or signerName must be specified"]);
    bundle(
        ", name: a, signerName: b, labelSelector: {matchLabels: {a: b}}",
        &[
            "s.clusterTrustBundle: Invalid value: {\"Name\":\"a\",\"SignerName\":\"b\",\"LabelSelector\":{\"matchLabels\":{\"a\":\"b\"}},\"Optional\":null,\"Path\":\"p\",\"User\":null}: only one of name and signerName may be used",
        ],
    );
    let not = "Invalid value: \"\": not a valid clustertrustbundlename";
    bundle(
        ", name: '', labelSelector: {}",
        &[
            "s.clusterTrustBundle.name: Required value: must be a valid object name",
            &format!("s.clusterTrustBundle.name: {not}: {subdomain}"),
            "s.clusterTrustBundle.labelSelector: Invalid value: {}: labelSelector must be unset if name is specified",
        ],
    );
    bundle(
        ", name: ':a'",
        &[
            "s.clusterTrustBundle.name: Invalid value: \":a\": not a valid clustertrustbundlename: ClusterTrustBundle without signer name must not have \":\" in its name",
        ],
    );
    bundle(
        ", name: 'a.b/c:d'",
        &[
            "s.clusterTrustBundle.name: Invalid value: \"a.b/c:d\": not a valid clustertrustbundlename: ClusterTrustBundle for signerName a.b/c must be named with prefix a.b:c:",
        ],
    );
    bundle(
        ", signerName: ''",
        &[
            "s.clusterTrustBundle.signerName: Required value: must be a valid signer name",
            "s.clusterTrustBundle.signerName: Required value",
        ],
    );
    one("clusterTrustBundle: {name: a, path: ''}", &["s.clusterTrustBundle.path: Required value"]);
}

#[test]
fn certificates() {
    let good = "signerName: example.com/x, keyType: RSA3072, keyPath: k";
    let certificate = |body: &str, expected: &[&str]| one(&format!("podCertificate: {{{body}}}"), expected);
    certificate(&format!("{good}, maxExpirationSeconds: 7862400, userAnnotations: {{Example.com/A: b}}"), &[]);
    certificate(
        "",
        &[
            "s.podCertificate.signerName: Required value",
            "s.podCertificate.keyType: Unsupported value: \"\": supported values: \"RSA3072\", \"RSA4096\", \"ECDSAP256\", \"ECDSAP384\", \"ECDSAP521\", \"ED25519\"",
            "p.sources[0].podCertificate: Required value: specify at least one of credentialBundlePath, keyPath, and certificateChainPath",
        ],
    );
    let seconds = |signer: &str, seconds: i64, expected: &[&str]| {
        let body = format!("signerName: {signer}, keyType: RSA3072, keyPath: k, maxExpirationSeconds: {seconds}");
        certificate(&body, expected);
    };
    seconds(
        "example.com/x",
        3599,
        &[
            "s.podCertificate.maxExpirationSeconds: Invalid value: 3599: if provided, maxExpirationSeconds must be >= 3600",
        ],
    );
    seconds(
        "example.com/x",
        7_862_401,
        &[
            "s.podCertificate.maxExpirationSeconds: Invalid value: 7862401: if provided, maxExpirationSeconds must be <= 7862400",
        ],
    );
    seconds(
        "a.kubernetes.io/x",
        86_401,
        &[
            "s.podCertificate.maxExpirationSeconds: Invalid value: 86401: if provided, maxExpirationSeconds must be <= 86400",
        ],
    );
    let annotation = |key: &str, expected: &[&str]| {
        certificate(&format!("{good}, userAnnotations: {{{key}: b}}"), expected);
    };
    annotation("''", &["s.podCertificate.userAnnotations: Required value"]);
    annotation(
        "Name",
        &[
            "s.podCertificate.userAnnotations: Invalid value: \"name\": must be a domain-prefixed key (such as \"acme.io/foo\")",
        ],
    );
    let long = "b".repeat(256 * 1024);
    certificate(
        &format!("{good}, userAnnotations: {{a.b/c: {long}}}"),
        &["s.podCertificate.userAnnotations: Too long: may not be more than 262144 bytes"],
    );
}

#[test]
fn signers() {
    let of = |signer: &str| {
        let found = said(Version::V1_37, |errs| certificate::validate_signer_name(signer, &Path::new("s"), errs));
        found.iter().map(|line| line.split(" (e.g.").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("example.com/my-signer.x"), [""; 0]);
    for odd in ["a.b", "a.b/c/d"] {
        assert_eq!(
            of(odd),
            [format!(
                "s: Invalid value: \"{odd}\": must be a fully qualified domain and path of the form 'example.com/signer-name'"
            )]
        );
    }
    let two = "should be a domain with at least two segments separated by dots";
    assert_eq!(of("a/b"), [format!("s: Invalid value: \"a\": {two}")]);
    assert_eq!(
        of("A.B/C_.d"),
        [
            "s: Invalid value: \"A.B\": validating label \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
            "s: Invalid value: \"C_.d\": validating label \"C_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        ]
    );
    // 63 characters a part, 253 the domain, and behind it parts without number.
    let domain = ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(61)].join(".");
    let name = ["e"; 159].join(".");
    assert_eq!(domain.len() + 1 + name.len(), 571);
    assert_eq!(of(&format!("{domain}/{name}")), [""; 0]);
    assert_eq!(of(&format!("{domain}/{name}e")), ["s: Too long: may not be more than 571 bytes"]);
    assert_eq!(of(&format!("{domain}d/e")), ["s: Too long: may not be more than 253 bytes"]);
}
