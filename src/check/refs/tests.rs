use serde_json::json;

use super::*;
use crate::check::finding::Severity;
use crate::i18n::Locale;
use crate::yaml::{Document, Step, Stream};

/// What is said of the documents of a text: document, severity, field, sentence.
fn said(text: &str) -> Vec<(usize, Severity, String, String)> {
    let found = found(text);
    found.into_iter().map(|(n, f)| (n, f.severity, f.field.to_string(), f.message.text(Locale::En))).collect()
}

fn found(text: &str) -> Vec<(usize, crate::check::Finding)> {
    let stream = Stream::read(text);
    let documents: Vec<&Document> = stream.documents().iter().map(|d| &*d.document).collect();
    let facts: Vec<Facts> = documents.iter().map(|d| facts(d)).collect();
    let all: Vec<(usize, &Facts)> = facts.iter().enumerate().collect();
    let placed = between(&all)
        .into_iter()
        .flat_map(|(n, finding)| place(documents[n], &[finding]).into_iter().map(move |f| (n, f)));
    placed.collect()
}

/// The text after the only fix of the only finding, and that nothing is said of it then.
fn mended(text: &str) -> String {
    let found = found(text);
    let [(n, finding)] = found.as_slice() else { panic!("{:?}", said(text)) };
    let [fix] = finding.fixes.as_slice() else { panic!("{finding:?}") };
    let start = Stream::read(text).documents()[*n].start;
    let mut text = text.to_owned();
    for change in fix.changes.iter().rev() {
        text.replace_range(change.from + start..change.to + start, &change.insert);
    }
    assert_eq!(said(&text), [], "{text}");
    text
}

fn deployment(name: &str, labels: &str, pod: &str) -> String {
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  selector: {{matchLabels: {labels}}}\n  \
         template:\n    metadata: {{labels: {labels}}}\n    spec: {pod}\n---\n"
    )
}

fn service(name: &str, rest: &str) -> String {
    format!("apiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {rest}\n---\n")
}

const PORTS: &str = "{containers: [{name: c, image: i, ports: [{name: http, containerPort: 8080}]}]}";

#[track_caller]
fn expect(text: &str, expected: &[(usize, Severity, &str, &str)]) {
    let said = said(text);
    let fits = said.len() == expected.len()
        && said.iter().zip(expected).all(|(s, e)| (s.0, s.1, s.2.as_str()) == (e.0, e.1, e.2) && s.3.contains(e.3));
    assert!(fits, "{text}\n{said:#?}");
}

#[test]
fn services_find_their_pods() {
    use Severity::{Info, Warning};
    let web = deployment("web", "{app: web}", PORTS);
    let to = |selector: &str, port: &str| service("web", &format!("{{selector: {selector}, ports: [{port}]}}"));
    let good = "{port: 80, targetPort: http}";
    let with = |service: String| [web.as_str(), &service].concat();
    for fine in [
        to("{app: web}", good),
        to("{app: web}", "{port: 8080}"),
        to("{app: web}", "{port: 80, targetPort: 8080}"),
        service("db", "{type: ExternalName, externalName: a.b, selector: {app: no}}"),
        service("db", "{ports: [{port: 1}]}"),
        to("{app: web, apps.kubernetes.io/pod-index: '0'}", good),
    ] {
        expect(&with(fine), &[]);
    }
    // Alone it may be for pods that run already.
    expect(&to("{app: web}", good), &[]);
    expect(
        &with(to("{app: wbe}", good)),
        &[(1, Warning, "spec.selector[app]", "nearest, Deployment web, has app: web")],
    );
    assert!(mended(&with(to("{app: wbe}", good))).contains("selector: {app: web}, ports"));
    let lacks = with(to("{app: web, tier: front}", good));
    expect(&lacks, &[(1, Warning, "spec.selector[tier]", "has no label tier")]);
    assert!(mended(&lacks).contains("selector: {app: web}, ports"));
    let other_key = with(to("{app.kubernetes.io/name: web}", good));
    expect(&other_key, &[(1, Warning, "spec.selector[app.kubernetes.io/name]", "Deployment web")]);
    assert!(mended(&other_key).contains("selector: {app: web}, ports"));
    let far = [web.as_str(), &service("x", "{selector: {run: thing}, ports: [{port: 1}]}")].concat();
    expect(&far, &[(1, Info, "spec.selector", "run: thing")]);
    // As near as another: nobody is named.
    let tied = [
        deployment("a", "{app: a, of: shop}", PORTS),
        deployment("b", "{app: b, of: shop}", PORTS),
        service("c", "{selector: {app: c, of: shop}, ports: [{port: 1}]}"),
    ];
    expect(&tied.concat(), &[(2, Info, "spec.selector", "app: c, of: shop")]);
}

#[test]
fn services_find_their_ports() {
    use Severity::{Info, Warning};
    let with = |pod: &str, port: &str| {
        let service = service("web", &format!("{{selector: {{app: web}}, ports: [{port}]}}"));
        [deployment("web", "{app: web}", pod), service].concat()
    };
    let target = "spec.ports[0].targetPort";
    let misspelt = with(PORTS, "{port: 80, targetPort: htpp}");
    expect(&misspelt, &[(1, Warning, target, "TCP port named htpp")]);
    assert!(mended(&misspelt).contains("targetPort: http}"));
    assert!(mended(&with(PORTS, "{port: 80, targetPort: other}")).contains("targetPort: http}"));
    expect(&with(PORTS, "{port: 53, protocol: UDP, targetPort: http}"), &[(1, Warning, target, "UDP port named http")]);
    expect(&with(PORTS, "{port: 80, targetPort: 80}"), &[(1, Info, target, "8080 (http), but not 80 (TCP)")]);
    assert!(mended(&with(PORTS, "{port: 80, targetPort: 80}")).contains("targetPort: 8080}"));
    expect(&with(PORTS, "{port: 80}"), &[(1, Info, "spec.ports[0].port", "not 80 (TCP)")]);
    assert!(mended(&with(PORTS, "{port: 80}")).contains("port: 80, targetPort: 8080"));
    // Ports need not be listed.
    let silent = "{containers: [{name: c, image: i}]}";
    expect(&with(silent, "{port: 80}"), &[]);
    expect(&with(silent, "{port: 80, targetPort: http}"), &[(1, Warning, target, "named http")]);
    let sidecar = "{initContainers: [{name: s, restartPolicy: Always, ports: [{name: http, containerPort: 1}]}], containers: [{name: c}]}";
    expect(&with(sidecar, "{port: 80, targetPort: http}"), &[]);
    expect(&with(&sidecar.replace("Always", "Never"), "{port: 80, targetPort: http}"), &[(1, Warning, target, "http")]);
    let two = PORTS.replace("8080}", "8080}, {name: admin, containerPort: 9090}");
    let finding = found(&with(&two, "{port: 80}"));
    assert!(finding[0].1.fixes.is_empty(), "which of two is a guess");
}

#[test]
fn selectors_take_what_is_meant() {
    use Severity::{Info, Warning};
    let [a, b] = ["a", "b"].map(|n| deployment(n, &format!("{{app: web, v: {n}}}"), PORTS));
    let service = |name: &str, rest: &str| service(name, &format!("{{selector: {{app: web}}, {rest}}}"));
    let port = "ports: [{port: 8080}]";
    expect(
        &[&a, &b, &service("web", port)].map(String::as_str).concat(),
        &[(2, Info, "spec.selector", "Deployment a and of Deployment b")],
    );
    let pods: String = ["a", "b"]
        .map(|n| {
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {n}, labels: {{app: web}}}}\nspec: {PORTS}\n---\n")
        })
        .concat();
    expect(&[&pods, service("web", port).as_str()].concat(), &[]);
    let spaced = [a.replace("{name: a", "{namespace: x, name: a"), b.replace("{name: b", "{namespace: z, name: b")];
    expect(&[spaced.concat(), service("web", port)].concat(), &[]);
    let named = service("web", port).replace("{name: web", "{namespace: x, name: web");
    expect(&[&a, &named].map(String::as_str).concat(), &[]);
    expect(
        &[spaced[1].as_str(), &named].concat(),
        &[(1, Warning, "spec.selector", "Deployment b has these labels, but it is in the namespace z")],
    );
    // Two Services for the same.
    let both = |one: &str, other: &str| [a.as_str(), &service("one", one), &service("two", other)].concat();
    expect(&both(port, port), &[(2, Info, "spec.selector", "Service one sends the same port")]);
    expect(&both(port, "ports: [{port: 90, targetPort: 8080}]"), &[]);
    expect(&both(port, &format!("clusterIP: None, {port}")), &[]);
    expect(&both(port, &format!("type: NodePort, {port}")), &[]);
    // Two Deployments for the same pods.
    let wide = a.replace("matchLabels: {app: web, v: a}", "matchLabels: {app: web}");
    expect(&[&wide, &b].map(String::as_str).concat(), &[(0, Warning, "spec.selector", "pods of Deployment b")]);
    let narrow = wide.replace("{app: web}}", "{app: web}, matchExpressions: [{key: v, operator: In, values: [a]}]}");
    expect(&[&narrow, &b].map(String::as_str).concat(), &[]);
    let wider = narrow.replace("operator: In, values: [a]", "operator: NotIn, values: [a]");
    expect(&[&wider, &b].map(String::as_str).concat(), &[(0, Warning, "spec.selector", "Deployment b")]);
    expect(&[wide, b.replace("{name: b", "{namespace: z, name: b")].concat(), &[]);
}

const WANTS: &str = "\
apiVersion: batch/v1
kind: CronJob
metadata: {name: c}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          serviceAccountName: runner
          imagePullSecrets: [{name: pull}]
          containers:
          - name: c
            image: i
            env:
            - {name: A, valueFrom: {configMapKeyRef: {name: conf, key: a}}}
            - {name: B, valueFrom: {secretKeyRef: {name: keys, key: b}}}
            - {name: C, valueFrom: {secretKeyRef: {name: keys, key: c}}}
            - {name: D, valueFrom: {secretKeyRef: {name: maybe, key: d, optional: true}}}
            envFrom: [{configMapRef: {name: all}}]
            volumeMounts: [{name: data, mountPath: /d}, {name: files, mountPath: /f}]
          volumes:
          - {name: data, persistentVolumeClaim: {claimName: disk}}
          - name: files
            projected:
              sources:
              - configMap: {name: kube-root-ca.crt}
              - secret: {name: certs, items: [{key: tls.crt, path: a}]}
---
";

fn thing(kind: &str, name: &str, rest: &str) -> String {
    format!("apiVersion: v1\nkind: {kind}\nmetadata: {{name: {name}}}\n{rest}\n---\n")
}

#[test]
fn what_is_named_is_looked_for() {
    use Severity::{Info, Warning};
    expect(WANTS, &[]);
    let pod = "spec.jobTemplate.spec.template.spec";
    let all = |extra: &str| said(&[WANTS, extra].concat()).into_iter().map(|s| s.2).collect::<Vec<_>>();
    let places = [
        "containers[0].env[0].valueFrom.configMapKeyRef.name",
        "containers[0].env[1].valueFrom.secretKeyRef.name",
        "containers[0].envFrom[0].configMapRef.name",
        "imagePullSecrets[0].name",
        "serviceAccountName",
        "volumes[0].persistentVolumeClaim.claimName",
        "volumes[1].projected.sources[1].secret.name",
    ];
    assert_eq!(all(&thing("ConfigMap", "unrelated-thing", "")), places.map(|p| format!("{pod}.{p}")));
    let there = [
        thing("ConfigMap", "conf", "data: {a: x}"),
        thing("Secret", "keys", "data: {b: eA==}\nstringData: {c: x}"),
        thing("ConfigMap", "all", ""),
        thing("Secret", "pull", ""),
        thing("ServiceAccount", "runner", ""),
        thing("PersistentVolumeClaim", "disk", ""),
        thing("Secret", "certs", "type: kubernetes.io/service-account-token"),
    ]
    .concat();
    let whole = [WANTS, &there].concat();
    expect(&whole, &[]);
    let a = format!("{pod}.containers[0].env[0].valueFrom.configMapKeyRef.key");
    expect(&whole.replace("{a: x}", "{a.b: x, c: y}"), &[(0, Warning, &a, "has no key a. It has: a.b, c")]);
    expect(&whole.replace("{a: x}", "{}"), &[(0, Warning, &a, "has no keys, so a is not there")]);
    assert!(mended(&whole.replace("{a: x}", "{other: x}")).contains("{name: conf, key: other}"));
    let account = format!("{pod}.serviceAccountName");
    let misspelt = whole.replace("serviceAccountName: runner", "serviceAccountName: runer");
    expect(&misspelt, &[(0, Info, &account, "runer is not among your documents, but runner is")]);
    assert_eq!(mended(&misspelt), whole);
    expect(&whole.replace("Name: runner", "Name: default"), &[]);
    let spaced = whole.replace("{name: c}", "{name: c, namespace: x}");
    expect(&spaced, &[]);
    expect(
        &spaced.replace("metadata: {name: runner}", "metadata: {name: runner, namespace: z}"),
        &[(0, Info, &account, "is in the namespace z, but it is looked for in x")],
    );
    // Of another group it is something else.
    let foreign = there.replace("v1\nkind: ServiceAccount", "acme.io/v1\nkind: ServiceAccount");
    expect(&[WANTS, &foreign].concat(), &[(0, Info, &account, "ServiceAccount runner is not")]);
    // What tools make of their own objects is there.
    let sealed = there.replace(
        "v1\nkind: Secret\nmetadata: {name: keys}",
        "bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: keys}",
    );
    expect(&[WANTS, &sealed].concat(), &[]);
    // The same in a list.
    let items = there.split("---\n").filter(|d| !d.is_empty()).map(|d| Document::read(d).to_json());
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items.collect::<Vec<_>>()});
    expect(&[WANTS, &list.to_string(), "\n"].concat(), &[]);
}

#[test]
fn ingresses_and_autoscalers_point_somewhere() {
    use Severity::{Info, Warning};
    let ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  tls: [{secretName: crt}]\n  rules:\n  \
                   - http: {paths: [{path: /, backend: {service: {name: web, port: {number: 80}}}}]}\n---\n";
    let web = service("web", "{ports: [{name: http, port: 80}]}");
    let crt = thing("Secret", "crt", "");
    let port = "spec.rules[0].http.paths[0].backend.service.port.number";
    let name = "spec.rules[0].http.paths[0].backend.service.name";
    expect(&[ingress, &web, &crt].concat(), &[]);
    expect(&[ingress, &crt].concat(), &[(0, Info, name, "Service web is not among")]);
    expect(&[ingress, &web].concat(), &[(0, Info, "spec.tls[0].secretName", "Secret crt")]);
    expect(
        &[&ingress.replace("{name: i}", "{name: i, annotations: {cert-manager.io/issuer: a}}"), web.as_str()].concat(),
        &[],
    );
    let wrong = [&ingress.replace("number: 80", "number: 8080"), web.as_str(), &crt].concat();
    expect(&wrong, &[(0, Warning, port, "Service web has no port 8080. It has: 80 (http)")]);
    assert_eq!(mended(&wrong), [ingress, &web, &crt].concat());
    let named = [&ingress.replace("number: 80", "name: https"), web.as_str(), &crt].concat();
    assert!(mended(&named).contains("port: {name: http}"));

    let scaler = |kind: &str, name: &str| {
        format!(
            "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {{name: h}}\nspec: {{scaleTargetRef: \
             {{apiVersion: {}, kind: {kind}, name: {name}}}}}\n---\n",
            if kind == "Thing" { "acme.io/v1" } else { "apps/v1" }
        )
    };
    let web = deployment("web", "{app: web}", PORTS);
    expect(&[&scaler("Deployment", "web"), web.as_str()].concat(), &[]);
    expect(&[&scaler("Thing", "none"), web.as_str()].concat(), &[]);
    let place = "spec.scaleTargetRef.name";
    expect(&[&scaler("StatefulSet", "web"), web.as_str()].concat(), &[(0, Info, place, "StatefulSet web is not")]);
    assert!(mended(&[&scaler("Deployment", "wbe"), web.as_str()].concat()).contains("name: web}"));

    let binding = "apiVersion: rbac.authorization.k8s.io/v1\nkind: RoleBinding\nmetadata: {name: b, namespace: x}\nroleRef: {kind: Role, name: r}\n\
                   subjects: [{kind: ServiceAccount, name: s, namespace: z}, {kind: ServiceAccount, name: default, namespace: z}, {kind: User, name: u}]\n---\n";
    let account = thing("ServiceAccount", "s", "").replace("{name: s}", "{name: s, namespace: z}");
    expect(&[binding, &account].concat(), &[(0, Info, "roleRef.name", "Role r is not")]);
    let role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r}\n";
    expect(&[binding, &account, role].concat(), &[]);
}

#[test]
fn volumes_and_mounts_go_together() {
    use Severity::{Info, Warning};
    let pod = |mounts: &str, volumes: &str| {
        format!("{{containers: [{{name: c, image: i, volumeMounts: [{mounts}]}}], volumes: [{volumes}]}}")
    };
    let of = |pod: &str| deployment("web", "{app: web}", pod);
    let mount = |name: &str| format!("{{name: {name}, mountPath: /{name}}}");
    expect(&of(&pod(&mount("a"), "{name: a, emptyDir: {}}")), &[]);
    expect(&of(&pod("", "{name: a}")), &[(0, Info, "spec.template.spec.volumes[0].name", "mounts the volume a")]);
    assert!(!mended(&of(&pod("", "{name: a}"))).contains("volumes:"));
    let one_of_two = of(&pod(&mount("a"), "{name: a}, {name: b}"));
    assert!(mended(&one_of_two).contains("volumes: [{name: a}]"));
    // The server's rules speak of this one.
    expect(&of(&pod(&mount("a"), "")), &[]);
    let set = of(&pod(&mount("a"), "")).replace("kind: Deployment", "kind: StatefulSet");
    expect(&set, &[(0, Warning, "spec.template.spec.containers[0].volumeMounts[0].name", "no volume a")]);
    let claims = set.replace("spec:\n  selector", "spec:\n  volumeClaimTemplates: [{metadata: {name: a}}]\n  selector");
    expect(&claims, &[]);
    let device = "{containers: [{name: c, volumeDevices: [{name: a, devicePath: /a}]}], volumes: [{name: a}]}";
    expect(&of(device), &[]);
}

#[test]
fn probes_call_ports_of_their_container() {
    let of = |probe: &str, more: &str| {
        let ports = "ports: [{name: http, containerPort: 80}]";
        deployment("web", "{a: b}", &format!("{{containers: [{{name: c, image: i, {ports}, {probe}}}{more}]}}"))
    };
    let at = |rest: &str| format!("spec.template.spec.containers[0].{rest}");
    expect(&of("livenessProbe: {httpGet: {port: http}}, readinessProbe: {tcpSocket: {port: 81}}", ""), &[]);
    let other = ", {name: d, ports: [{name: admin, containerPort: 81}]}";
    let wrong = of("startupProbe: {tcpSocket: {port: admin}}", other);
    expect(&wrong, &[(0, Severity::Warning, &at("startupProbe.tcpSocket.port"), "no port named admin")]);
    assert_eq!(mended(&wrong), of("startupProbe: {tcpSocket: {port: http}}", other));
    let hook = of("lifecycle: {preStop: {httpGet: {port: htp}}}", "");
    expect(&hook, &[(0, Severity::Warning, &at("lifecycle.preStop.httpGet.port"), "no port named htp")]);
}

#[test]
fn a_place_is_a_path_and_a_span() {
    let text = deployment(
        "web",
        "{app: web}",
        "{containers: [{name: c, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}",
    );
    let found = found(&[text.as_str(), &thing("ConfigMap", "x", "")].concat());
    let [(0, finding)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(&text[finding.span.range()], "s");
    assert_eq!(finding.path.last(), Some(&Step::from("name")));
    assert_eq!(finding.source, crate::check::Source::Refs);
}

#[test]
fn takes_its_time_from_nobody() {
    // All the same, all nearly the same, all different: none may be held against all others.
    let many = 1_000;
    let same: String = (0..many).map(|i| deployment(&format!("d{i}"), "{app: web, of: shop}", PORTS)).collect();
    let services: String = (0..many)
        .map(|i| service(&format!("s{i}"), &format!("{{selector: {{of: shop, app: x{i}}}, ports: [{{port: 1}}]}}")))
        .collect();
    let wants: String = (0..many)
        .map(|i| thing("Pod", &format!("p{i}"), &format!("spec: {{serviceAccountName: account-{i}}}")))
        .collect();
    let accounts: String = (0..many).map(|i| thing("ServiceAccount", &format!("acount-{i}"), "")).collect();
    let stream = Stream::read([same, services, wants, accounts].concat());
    let facts: Vec<Facts> = stream.documents().iter().map(|d| facts(&d.document)).collect();
    let all: Vec<(usize, &Facts)> = facts.iter().enumerate().collect();
    assert!(between(&all).len() >= many);
    for odd in [
        "",
        "a",
        "[]",
        "kind: List",
        "apiVersion: v1\nkind: List\nitems: [1, {}, null]",
        "apiVersion: v1\nkind: Service\nspec: []",
        "apiVersion: v1\nkind: Pod\nspec: {containers: 1, volumes: {a: b}}",
    ] {
        expect(odd, &[]);
    }
}
