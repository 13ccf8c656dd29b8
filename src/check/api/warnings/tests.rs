use super::*;
use crate::check::api::case::value;

fn texts(object: &Object, version: Version) -> Vec<String> {
    warnings_on_create(object, version).into_iter().map(|warning| warning.text).collect()
}

#[track_caller]
fn pod(version: Version, rest: &str, expected: &[&str]) {
    let object = Object::Pod(value(&format!("{{metadata: {{name: p}}, {rest}}}")));
    assert_eq!(texts(&object, version), expected, "{rest}");
}

#[track_caller]
fn template(version: Version, rest: &str, expected: &[&str]) {
    let object = Object::Deployment(value(&format!("{{metadata: {{name: d}}, spec: {{template: {{{rest}}}}}}}")));
    let found = texts(&object, version);
    let found: Vec<_> = found.iter().map(|text| text.strip_prefix("spec.template.").unwrap_or(text)).collect();
    assert_eq!(found, expected, "{rest}");
}

/// From `TestWarnings` of `pkg/api/pod` and the functions it tests.
#[test]
fn of_a_pod() {
    let latest = Version::V1_37;
    let spec = |rest: &str, expected: &[&str]| pod(latest, &format!("spec: {{{rest}}}"), expected);
    spec("containers: []", &[]);
    spec(
        "nodeSelector: {beta.kubernetes.io/arch: a, kubernetes.io/os: b}",
        &["spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use \"kubernetes.io/arch\" instead"],
    );
    spec(
        "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: app.kubernetes.io/created-by, operator: In, values: ['-']}]}]}, \
         preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: node-role.kubernetes.io/master, operator: In, values: ['-']}]}}]}}",
        &[
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: app.kubernetes.io/created-by is deprecated since v1.9",
            "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].key: node-role.kubernetes.io/master is use \"node-role.kubernetes.io/control-plane\" instead",
            "spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[0]: - is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        ],
    );
    spec(
        "topologySpreadConstraints: [{topologyKey: beta.kubernetes.io/os}, {topologyKey: a, labelSelector: {}}]",
        &[
            "spec.topologySpreadConstraints[0].topologyKey: beta.kubernetes.io/os is deprecated since v1.14; use \"kubernetes.io/os\" instead",
            "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod",
        ],
    );
    spec(
        "affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}, podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: a}}, {weight: 1, podAffinityTerm: {topologyKey: a, labelSelector: {}}}]}}",
        &[
            "spec.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod",
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod",
        ],
    );
    spec(
        "volumes: [{name: a, photonPersistentDisk: {}}, {name: b, gitRepo: {}}, {name: c, scaleIO: {}}, {name: d, flocker: {}}, {name: e, storageos: {}}, {name: f, quobyte: {}}, {name: g, glusterfs: {}}, {name: h, cephfs: {}}, {name: i, rbd: {}}, \
         {name: j, ephemeral: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 500m}, limits: {storage: 1500m}}}}}}]",
        &[
            "spec.volumes[0].photonPersistentDisk: deprecated in v1.11, non-functional in v1.16+",
            "spec.volumes[1].gitRepo: deprecated in v1.11, and disabled by default in v1.33+",
            "spec.volumes[2].scaleIO: deprecated in v1.16, non-functional in v1.22+",
            "spec.volumes[3].flocker: deprecated in v1.22, non-functional in v1.25+",
            "spec.volumes[4].storageOS: deprecated in v1.22, non-functional in v1.25+",
            "spec.volumes[5].quobyte: deprecated in v1.22, non-functional in v1.25+",
            "spec.volumes[6].glusterfs: deprecated in v1.25, non-functional in v1.26+",
            "spec.volumes[7].cephfs: deprecated in v1.28, non-functional in v1.31+",
            "spec.volumes[8].rbd: deprecated in v1.28, non-functional in v1.31+",
            "spec.volumes[9].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value \"500m\" is invalid, must be an integer",
            "spec.volumes[9].ephemeral.volumeClaimTemplate.spec.resources.limits[storage]: fractional byte value \"1500m\" is invalid, must be an integer",
        ],
    );
    spec(
        "hostAliases: [{ip: 1.2.3.4}, {ip: 1.2.3.4}], imagePullSecrets: [{name: a}, {name: a}, {}], overhead: {memory: 0.5, cpu: 0.5, ephemeral-storage: 1}",
        &[
            "spec.hostAliases[1].ip: duplicate ip \"1.2.3.4\"",
            "spec.imagePullSecrets[1].name: duplicate name \"a\"",
            "spec.imagePullSecrets[2].name: invalid empty name \"\"",
            "spec.overhead[memory]: fractional byte value \"500m\" is invalid, must be an integer",
        ],
    );
    pod(
        latest,
        "spec: {}, metadata: {name: p, annotations: {scheduler.alpha.kubernetes.io/critical-pod: '', security.alpha.kubernetes.io/sysctls: ''}}",
        &[
            "metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the \"priorityClassName\" field instead",
            "metadata.annotations[security.alpha.kubernetes.io/sysctls]: non-functional in v1.11+; use the \"sysctls\" field instead",
        ],
    );
}

#[test]
fn of_addresses() {
    let spec = "spec: {dnsConfig: {nameservers: [01.2.3.4, 1.2.3.4]}, hostAliases: [{ip: 'FD00::1'}]}";
    let alias = "spec.hostAliases[0].ip: IPv6 address \"FD00::1\" should be in RFC 5952 canonical format (\"fd00::1\")";
    let server = "spec.dnsConfig.nameservers[0]: non-standard IP address \"01.2.3.4\"";
    let later = "will be considered invalid in a future Kubernetes release: use \"1.2.3.4\"";
    pod(Version::V1_35, spec, &[&format!("{server} {later}"), alias]);
    pod(Version::V1_36, spec, &[&format!("{server} is invalid: use \"1.2.3.4\""), alias]);
}

#[test]
fn of_containers() {
    let spec = |rest: &str, expected: &[&str]| pod(Version::V1_37, &format!("spec: {{{rest}}}"), expected);
    spec(
        "initContainers: [{name: i, resources: {limits: {memory: 500m, ephemeral-storage: 500m}, requests: {memory: 500m}}}], containers: [{name: c, env: [{name: A, value: x}, {name: A, value: $(A)y}, {name: A, value: $(A)}, {name: B}, {name: B, value: z}]}]",
        &[
            "spec.initContainers[0].resources.limits[memory]: fractional byte value \"500m\" is invalid, must be an integer",
            "spec.initContainers[0].resources.requests[memory]: fractional byte value \"500m\" is invalid, must be an integer",
            "spec.initContainers[0].resources.limits[ephemeral-storage]: fractional byte value \"500m\" is invalid, must be an integer",
            "spec.containers[0].env[2]: hides previous definition of \"A\", which may be dropped when using apply",
            "spec.containers[0].env[4]: hides previous definition of \"B\", which may be dropped when using apply",
        ],
    );
    spec(
        "containers: [{name: a, ports: [{containerPort: 80, protocol: TCP, hostIP: 1.1.1.1}, {containerPort: 80, protocol: UDP}, {containerPort: 81, protocol: TCP, hostPort: 81, name: x}]}, \
         {name: b, ports: [{containerPort: 80, protocol: TCP, hostIP: 1.1.1.1, hostPort: 80}, {containerPort: 80, protocol: UDP}, {containerPort: 81, protocol: TCP, hostPort: 81, hostIP: 1.1.1.1, name: x}, {containerPort: 81, protocol: TCP, hostPort: 82}]}]",
        &[
            "spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:1.1.1.1}",
            "spec.containers[1].ports[0]: overlapping port definition with spec.containers[0].ports[0]",
            "spec.containers[1].ports[1]: duplicate port definition with spec.containers[0].ports[1]",
            "spec.containers[1].ports[2]: dangerously ambiguous port definition with spec.containers[0].ports[2]",
            "spec.containers[1].ports[2]: duplicate port name \"x\" with spec.containers[0].ports[2], services and probes that select ports by name will use spec.containers[0].ports[2]",
        ],
    );
}

#[test]
fn of_paths_in_volumes() {
    let spec = |version, rest: &str, expected: &[&str]| {
        pod(version, &format!("spec: {{volumes: [{{name: v, {rest}}}]}}"), expected)
    };
    let latest = Version::V1_37;
    spec(
        latest,
        "configMap: {name: c, items: [{key: a, path: a/}, {key: b, path: a/b}, {key: c, path: ab}, {key: d, path: a}]}",
        &[
            "volume \"v\" (ConfigMap \"c\"): overlapping paths: \"a/b\" with \"a\"",
            "volume \"v\" (ConfigMap \"c\"): overlapping paths: \"a\" with \"a\"",
            "volume \"v\" (ConfigMap \"c\"): overlapping paths: \"a\" with \"a/b\"",
        ],
    );
    spec(
        latest,
        "secret: {secretName: s, items: [{key: a, path: a}, {key: b, path: a}]}",
        &["volume \"v\" (Secret \"s\"): overlapping paths: \"a\" with \"a\""],
    );
    spec(
        latest,
        "downwardAPI: {items: [{path: a/b}, {path: a}]}",
        &["volume \"v\" (DownwardAPI): overlapping paths: \"a\" with \"a/b\""],
    );
    let projected = "projected: {sources: [{secret: {name: s, items: [{key: a, path: a}]}}, {}, {configMap: {name: c}}, {serviceAccountToken: {path: a/t}}, {clusterTrustBundle: {name: m, path: a/t}}, {podCertificate: {keyPath: a/t/k}}]}";
    let (token, bundle, key) =
        ("\"a/t\" (ServiceAccountToken)", "\"a/t\" (ClusterTrustBundle \"m\")", "\"a/t/k\" (PodCertificate key)");
    let say = |what: &str, with: &str| format!("volume \"v\" (Projected): overlapping paths: {what} with {with}");
    let secret = "\"a\" (Secret \"s\")";
    let none = "volume \"v\" (Projected) has no sources provided".to_owned();
    let rest = [
        say(token, secret),
        say(bundle, secret),
        say(bundle, token),
        say(key, secret),
        say(key, token),
        say(key, bundle),
    ];
    let expected: Vec<_> = [&none].into_iter().chain(&rest).map(String::as_str).collect();
    spec(latest, projected, &expected);
    // 1.33 takes the secret's paths for those of the config map, too.
    let repeated = say(secret, secret);
    let short = "projected: {sources: [{secret: {name: s, items: [{key: a, path: a}]}}, {configMap: {name: c}}]}";
    spec(Version::V1_33, short, &[&repeated]);
    spec(Version::V1_34, short, &[]);
}

#[test]
fn of_templates() {
    let seccomp = "non-functional in v1.27+; use the \"seccompProfile\" field instead";
    let app_armor = "metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the \"appArmorProfile\" field instead";
    template(
        Version::V1_37,
        "spec: {terminationGracePeriodSeconds: -1}",
        &["spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1"],
    );
    let annotated = |context: &str| {
        format!(
            "metadata: {{annotations: {{seccomp.security.alpha.kubernetes.io/pod: a, container.seccomp.security.alpha.kubernetes.io/c: a, container.apparmor.security.beta.kubernetes.io/c: localhost/x}}}}, spec: {{containers: [{{name: c}}], securityContext: {{{context}}}}}"
        )
    };
    let (of_pod, of_container) = (
        format!("metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: {seccomp}"),
        format!("metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: {seccomp}"),
    );
    template(Version::V1_37, &annotated(""), &[&of_pod, &of_container, app_armor]);
    let same =
        annotated("seccompProfile: {type: RuntimeDefault}, appArmorProfile: {type: Localhost, localhostProfile: x}");
    template(Version::V1_37, &same, &[&of_container]);
    let other = annotated("seccompProfile: {type: RuntimeDefault}, appArmorProfile: {type: Unconfined}");
    template(Version::V1_33, &other, &[&of_container]);
    template(Version::V1_34, &other, &[&of_container, app_armor]);
    // Of a Pod it is said elsewhere.
    pod(
        Version::V1_37,
        "metadata: {name: p, annotations: {container.apparmor.security.beta.kubernetes.io/c: unconfined}}, spec: {containers: [{name: c}]}",
        &[],
    );
}

#[test]
fn of_names_and_jobs() {
    let dots = "which can result in surprising behavior; a DNS label is recommended: [must not contain dots]";
    let name = "{metadata: {name: a.b}, spec: {template: {}}}";
    let pods = format!("metadata.name: this is used in Pod names and hostnames, {dots}");
    assert_eq!(texts(&Object::Deployment(value(name)), Version::V1_37), [pods.as_str()]);
    assert_eq!(texts(&Object::Job(value(name)), Version::V1_37), [pods.as_str()]);
    assert_eq!(
        texts(&Object::Pod(value("{metadata: {name: a.b}}")), Version::V1_37),
        [format!("metadata.name: this is used in the Pod's hostname, {dots}")]
    );
    let job = "{metadata: {name: j}, spec: {completionMode: Indexed, completions: 100001, parallelism: 10001, template: {spec: {nodeSelector: {beta.kubernetes.io/os: a}}}}}";
    assert_eq!(
        texts(&Object::Job(value(job)), Version::V1_37),
        [
            "spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail",
            "spec.template.spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead",
        ]
    );
    assert_eq!(texts(&Object::Job(value(&job.replace("10001,", "10000,"))), Version::V1_37).len(), 1);
}

/// `TestWarnings` of apiserver's `filters`.
#[test]
fn many_warnings_are_shortened() {
    let warning = |text: String| Warning::new(&Path::ROOT, text, id::CHECK_API_WARNINGS_NO_SELECTOR);
    let sent = |texts: Vec<String>| as_sent(texts.into_iter().map(warning).collect());
    let texts = |n: usize, len: usize| (0..n).map(|i| format!("{i:0len$}")).collect::<Vec<_>>();
    assert_eq!(sent(vec!["a".into(), "a".into(), "b\n".into()]).len(), 1);
    assert_eq!(sent(texts(4, 1024)).iter().map(|w| w.text.len()).collect::<Vec<_>>(), [1024; 4]);
    assert_eq!(sent(texts(20, 1024)).iter().map(|w| w.text.len()).collect::<Vec<_>>(), [256; 16]);
}

#[test]
fn an_owner_listed_twice() {
    let owner = "{apiVersion: v1, kind: ConfigMap, name: a, uid: u1}";
    let manifest = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  ownerReferences:\n  - {owner}\n  - {owner}\nspec:\n  containers:\n  - {{name: a, image: a}}\n"
    );
    crate::check::api::case::assert_fixes_help(&manifest, 1);
    let object: Object = Object::Pod(value(&manifest));
    let warning = warn_repeated_owners(object.metadata()).expect("the second is the first");
    assert!(warning.text.ends_with("duplicate UID(s) observed: u1"), "{}", warning.text);
    assert_eq!(warning.field.to_string(), "metadata.ownerReferences[1]");
}
