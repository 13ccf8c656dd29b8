//! The forms of the four kinds in all versions: what stands where, and that nothing is out of reach.

mod form_support;

use std::collections::HashSet;

use form_support::{documents, gallery, path, public, row, rows, scalars};
use manifest_studio::check::{Severity, check};
use manifest_studio::form::{self, Body, Editor, Form};
use manifest_studio::i18n::{Label, Locale};
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::yaml::{Document, Kind, Step, Stream};

fn form_of(text: &str, version: Version) -> Form {
    let document = Document::read(text);
    form::form(Catalog::builtin(), version, &document, &[]).unwrap_or_else(|| panic!("no form for {text}"))
}

const KINDS: [(&str, &str); 4] = [("v1", "Pod"), ("apps/v1", "Deployment"), ("v1", "Service"), ("batch/v1", "Job")];

#[test]
fn sections_are_in_their_order() {
    for version in Version::ALL {
        for (api_version, kind) in KINDS {
            let form = form_of(&format!("apiVersion: {api_version}\nkind: {kind}\n"), version);
            let ids: Vec<&str> = form.sections.iter().map(|s| s.id.as_str()).collect();
            let all = ["essentials", "storage", "health", "scheduling", "security", "network", "lifecycle", "advanced"];
            let wanted: Vec<&str> = match kind {
                "Service" => vec!["essentials", "network", "advanced"],
                // Without containers there is nothing to watch, but a Deployment's own times.
                "Pod" | "Job" => all.into_iter().filter(|s| *s != "health").collect(),
                _ => all.to_vec(),
            };
            assert_eq!(ids, wanted, "{kind} {version}");
        }
    }
}

/// What a person fills in first is what stands first.
#[test]
fn essentials_come_first() {
    let first = |api_version: &str, kind: &str| -> Vec<String> {
        let form = form_of(&format!("apiVersion: {api_version}\nkind: {kind}\n"), Version::LATEST);
        form.sections[0].rows.iter().map(|row| row.key.clone()).collect()
    };
    let pod = ["metadata.name", "metadata.namespace", "metadata.labels", "spec.containers", "spec.initContainers"];
    assert_eq!(first("v1", "Pod"), pod);
    assert_eq!(
        first("apps/v1", "Deployment"),
        [
            "metadata.name",
            "metadata.namespace",
            "metadata.labels",
            "spec.replicas",
            "spec.selector",
            "spec.template.metadata.labels",
            "spec.template.spec.containers",
            "spec.template.spec.initContainers",
        ]
    );
    let job = first("batch/v1", "Job");
    assert_eq!(
        job[3..8],
        [
            "spec.completions",
            "spec.parallelism",
            "spec.completionMode",
            "spec.backoffLimit",
            "spec.template.spec.restartPolicy"
        ]
    );
    assert_eq!(first("v1", "Service")[3..], ["spec.type", "spec.selector", "spec.ports"]);
    let container = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - name: a\n";
    let form = form_of(container, Version::LATEST);
    let Some(Body::List(list)) = row(&form, "spec.containers").map(|r| r.body.clone()) else { panic!("no list") };
    let keys: Vec<&str> = list.cards[0].rows.iter().map(|r| r.key.as_str()).collect();
    assert_eq!(keys, ["name", "image", "command", "args", "ports", "env", "envFrom", "resources"]);
}

/// Fields by the first version that has them (Kubernetes' own changelogs), in a text that sets them
/// all: before it, what is written is shown as it is, and not offered; from it on, it has its editor.
#[test]
fn a_version_shows_only_its_fields() {
    let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  hostnameOverride: a\n  containers:\n  - name: a\n    restartPolicyRules: [{action: Restart}]\n    lifecycle: {stopSignal: SIGTERM}\n    env:\n    - {name: A, valueFrom: {fileKeyRef: {volumeName: v, path: p, key: k}}}\n";
    for (at, since, shown) in [
        ("spec.hostnameOverride", Version::V1_34, Editor::Text),
        ("spec.containers.0.restartPolicyRules", Version::V1_34, Editor::Objects),
        ("spec.containers.0.env.0.valueFrom.fileKeyRef.path", Version::V1_34, Editor::Text),
    ] {
        for version in Version::ALL {
            let form = form_of(pod, version);
            let editor = row(&form, at).map(|row| row.editor.clone());
            if version >= since {
                assert_eq!(editor, Some(shown.clone()), "{at} in {version}");
            } else {
                assert!(matches!(editor, None | Some(Editor::Raw)), "{at} in {version}: {editor:?}");
                // It is still on the screen.
                let place = path(at);
                assert!(rows(&form).iter().any(|row| row.editor == Editor::Raw && place.starts_with(&row.path)));
            }
            let (field, object) = at.rsplit_once('.').map(|(object, field)| (field, path(object))).unwrap_or_default();
            let without = Document::read(
                "apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{valueFrom: {fileKeyRef: {}}}]}]}\n",
            );
            let offered = form::addable(Catalog::builtin(), version, &without, &object);
            assert_eq!(offered.iter().any(|a| a.key == field), version >= since, "{at} offered in {version}");
        }
    }
    let union = |version| {
        let form = form_of("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, env: [{name: A}]}]}\n", version);
        let row = rows(&form)
            .into_iter()
            .find(|r| matches!(&r.body, Body::Union { choices, .. } if choices[0].key == "value"));
        let Some(Body::Union { choices, .. }) = row.map(|r| &r.body) else { panic!("no choice of sources") };
        choices.iter().map(|c| c.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(union(Version::V1_33).len(), 5);
    assert!(union(Version::V1_34).contains(&"valueFrom.fileKeyRef".to_owned()));
}

/// Editors and defaults of a few fields each, as a table.
#[test]
fn fields_have_their_editors_and_defaults() {
    let deployment = "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      securityContext: {runAsUser: 1000}\n      containers:\n      - name: a\n        image: nginx\n        command: [sh]\n        resources: {limits: {cpu: 1}}\n        ports: [{containerPort: 80}]\n        env: [{name: A, value: b}]\n        envFrom: [{secretRef: {name: s}}]\n        volumeMounts: [{name: v, mountPath: /v}]\n        livenessProbe: {httpGet: {port: 80}}\n      volumes: [{name: v, configMap: {name: c, items: [{key: a, path: b}]}}]\n      tolerations: [{key: a}]\n      topologySpreadConstraints: [{maxSkew: 1}]\n      hostAliases: [{ip: 127.0.0.1}]\n      affinity: {podAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}\n";
    let form = form_of(deployment, Version::LATEST);
    let pod = "spec.template.spec";
    let container = "spec.template.spec.containers.0";
    for (at, editor, default) in [
        ("spec.replicas", "number", "1"),
        ("spec.strategy.rollingUpdate.maxSurge", "int_or_percent", "25%"),
        ("spec.selector", "label_selector", ""),
        ("spec.template.metadata.labels", "table", ""),
        (&format!("{pod}.terminationGracePeriodSeconds"), "duration", "30"),
        (&format!("{pod}.serviceAccountName"), "reference", "default"),
        (&format!("{pod}.securityContext"), "security_context", ""),
        (&format!("{pod}.tolerations"), "toleration", ""),
        (&format!("{pod}.topologySpreadConstraints"), "topology_spread", ""),
        (&format!("{pod}.hostAliases"), "host_alias", ""),
        (&format!("{pod}.restartPolicy"), "enumeration", "Always"),
        (&format!("{pod}.hostNetwork"), "boolean", "false"),
        (&format!("{pod}.volumes"), "volume", ""),
        (&format!("{pod}.volumes.0.configMap.items"), "key_to_path", "all keys, each a file of its name"),
        (&format!("{pod}.volumes.0.configMap.name"), "reference", ""),
        (&format!("{pod}.affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution"), "affinity_term", ""),
        (&format!("{container}.image"), "image", ""),
        (&format!("{container}.command"), "command", "the image's ENTRYPOINT"),
        (&format!("{container}.env"), "env_var", ""),
        (&format!("{container}.envFrom"), "env_from", ""),
        (&format!("{container}.resources"), "resources", ""),
        (&format!("{container}.ports"), "objects", ""),
        (&format!("{container}.ports.0.containerPort"), "port", ""),
        (&format!("{container}.ports.0.protocol"), "enumeration", "TCP"),
        (&format!("{container}.volumeMounts"), "volume_mount", ""),
        (&format!("{container}.livenessProbe"), "probe", ""),
        (&format!("{container}.livenessProbe.httpGet.port"), "target_port", ""),
        (&format!("{container}.livenessProbe.periodSeconds"), "duration", "10"),
        (&format!("{container}.livenessProbe.failureThreshold"), "number", "3"),
    ] {
        let row = row(&form, at).unwrap_or_else(|| panic!("{at} is not shown"));
        assert_eq!(form::editors::name(&row.editor), editor, "{at}");
        let said = row.default.as_ref().map(|d| d.text(Locale::En)).unwrap_or_default();
        assert_eq!(said, default, "{at}");
    }
    assert_eq!(
        row(&form, "spec.replicas").map(|r| r.editor.clone()),
        Some(Editor::Number { min: Some(0), max: Some(i64::from(i32::MAX)) })
    );
}

/// Every value in the text is at a row with an editor, exactly one: in the gallery, and in what
/// people have published.
#[test]
fn everything_in_the_text_is_on_the_screen() {
    let mut forms = 0;
    for (name, text) in gallery().into_iter().chain(public()) {
        for document in documents(&text) {
            for version in [Version::V1_33, Version::LATEST] {
                let Some(form) = form::form(Catalog::builtin(), version, &document, &[]) else { continue };
                forms += 1;
                let mut leaves = HashSet::new();
                for row in rows(&form) {
                    assert_eq!(
                        row.is_set(),
                        document.at(&row.path).is_some() && !is_union(row) || union_set(row),
                        "{name}: {:?}",
                        row.path
                    );
                    if matches!(row.body, Body::Leaf) {
                        assert!(leaves.insert(row.path.clone()), "{name}: {:?} stands twice", row.path);
                    }
                }
                let mut groups: HashSet<&[Step]> = HashSet::new();
                groups.extend(rows(&form).iter().map(|row| row.path.as_slice()));
                for place in scalars(&document) {
                    let at_leaf = (0..=place.len()).any(|n| leaves.contains(&place[..n]));
                    // An empty map or list is its own row.
                    let empty = document.at(&place).is_some_and(|n| n.kind() != Kind::Scalar || n.is_null());
                    assert!(at_leaf || empty && reaches(&groups, &place), "{name}: {place:?} is nowhere in the form");
                }
            }
        }
    }
    assert!(forms > 20);
}

fn is_union(row: &form::Row) -> bool {
    matches!(row.body, Body::Union { .. })
}

fn union_set(row: &form::Row) -> bool {
    is_union(row) && row.is_set()
}

/// An empty map has a row of its own, or its fields have (`metadata: {}`).
fn reaches(groups: &HashSet<&[Step]>, place: &[Step]) -> bool {
    groups.iter().any(|g| g.starts_with(place) || place.starts_with(g))
}

#[test]
fn findings_stand_at_their_rows() {
    let text = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  lables: {}\nspec:\n  replicas: many\n  template:\n    spec:\n      containers:\n      - name: a\n        imagee: nginx\n        livenessProbe:\n          httpGet: {pth: /}\n      - 5\n";
    let document = Document::read(text);
    let findings = check(Catalog::builtin(), Version::LATEST, &document);
    let form = form::form(Catalog::builtin(), Version::LATEST, &document, &findings).expect("a form");
    let placed: Vec<usize> = rows(&form).iter().flat_map(|row| row.findings.clone()).collect();
    let mut all: Vec<usize> = placed.iter().chain(&form.unplaced).copied().collect();
    all.sort_unstable();
    assert_eq!(all, (0..findings.len()).collect::<Vec<_>>(), "every finding stands somewhere, once");
    for at in ["metadata.lables", "spec.replicas", "spec.template.spec.containers.0.imagee"] {
        let row = row(&form, at).unwrap_or_else(|| panic!("{at} is not shown"));
        let here = row.findings.iter().any(|&f| findings[f].path == path(at));
        assert!(here, "{at}: {:?}", findings.iter().map(|f| f.field.to_string()).collect::<Vec<_>>());
    }
    let counted: usize = form.sections.iter().map(|s| s.problems).sum();
    let severe = |f: &usize| findings[*f].severity != Severity::Info;
    assert_eq!(counted, placed.iter().filter(|f| severe(f)).count());
    assert!(form.sections.iter().any(|s| s.id == "health" && s.problems > 0));
}

/// Odd texts have a form or none, and never end the page.
#[test]
fn any_text_is_answered() {
    let kinds =
        ["apiVersion: v1\nkind: Pod\n", "apiVersion: apps/v1\nkind: Deployment\n", "apiVersion: v1\nkind: Service\n"];
    for kind in kinds {
        for rest in [
            "spec: 5\n",
            "spec: []\n",
            "spec: {containers: {a: b}, volumes: 3}\n",
            "spec: {containers: [1, [], {}, {env: x, ports: {a: 1}, resources: [1]}]}\n",
            "metadata: [a]\nspec:\n",
            "metadata: {labels: [a], annotations: {a: {b: c}}}\nspec: {template: 1, selector: x, ports: [{port: []}]}\n",
            "spec: {template: {spec: {containers: [{livenessProbe: [], lifecycle: {preStop: 1}}], volumes: [{name: {}, emptyDir: 1, nfs: {}}]}}}\n",
            "spec: &a {x: 1}\nstatus: *a\n",
            "'': 1\n\"a.b\": {c: d}\n",
        ] {
            let document = Document::read(&[kind, rest].concat());
            for version in Version::ALL {
                let form = form::form(Catalog::builtin(), version, &document, &[]).expect("a form");
                assert!(!rows(&form).is_empty());
                for place in scalars(&document) {
                    let _ = form::addable(Catalog::builtin(), version, &document, &place);
                }
            }
        }
    }
    for text in [
        "",
        "[]",
        "kind: Pod\n",
        "apiVersion: v1\nkind: [Pod]\n",
        "apiVersion: v1\nkind: ConfigMap\n",
        "a: b: c\n",
        "null\n",
    ] {
        assert!(form::form(Catalog::builtin(), Version::LATEST, &Document::read(text), &[]).is_none(), "{text}");
    }
    let deep = ["apiVersion: v1\nkind: Pod\nspec: ", &"{x: ".repeat(100), "1", &"}".repeat(100), "\n"].concat();
    let _ = form::form(Catalog::builtin(), Version::LATEST, &Document::read(&deep), &[]);
}

#[test]
fn everything_else_can_be_added_and_found() {
    let catalog = Catalog::builtin();
    let document = Document::read("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a}]}\n");
    let list = form::addable(catalog, Version::LATEST, &document, &path("spec"));
    let keys: Vec<&str> = list.iter().map(|a| a.key.as_str()).collect();
    assert!(keys.windows(2).all(|w| w[0] < w[1]) && !keys.contains(&"containers") && keys.contains(&"overhead"));
    let named = |query: &str| -> Vec<&str> {
        let none = |_: &form::DocsKey| None;
        form::search_addable(&list, query, &none, Locale::En).into_iter().map(|a| a.key.as_str()).collect()
    };
    assert_eq!(named("tolerat"), ["tolerations"]);
    assert_eq!(named("grace period")[0], "terminationGracePeriodSeconds");
    assert_eq!(named("host")[..4], ["hostAliases", "hostIPC", "hostNetwork", "hostPID"]);
    assert_eq!(named("").len(), list.len());
    assert!(named("no such thing").is_empty());
    let docs = |key: &form::DocsKey| (key.field == "overhead").then(|| "Overhead of the RuntimeClass pods.".to_owned());
    let found = form::search_addable(&list, "runtimeclass", &docs, Locale::En);
    assert_eq!(found.iter().map(|a| a.key.as_str()).collect::<Vec<_>>(), ["runtimeClassName", "overhead"]);
    // What is added begins as something the schema takes.
    for field in &list {
        let Label::Message(_) = field.label else { continue };
        assert!(!field.label.text(Locale::Zh).is_empty());
    }
    assert!(form::addable(catalog, Version::LATEST, &document, &path("spec.containers")).is_empty());
    assert!(form::addable(catalog, Version::LATEST, &document, &path("spec.nowhere")).is_empty());
}

/// While one types, only the section on the screen is made anew: it must be what the whole form would have there.
#[test]
fn the_shown_section_is_that_of_the_whole_form() {
    let (catalog, version) = (Catalog::builtin(), Version::LATEST);
    let mut seen = 0;
    for (name, text) in gallery() {
        let first = Stream::read(text.as_str()).documents()[0].document.text().to_owned();
        let (before, text) = (Document::read(&first), first);
        let Some(form) = form::form(catalog, version, &before, &[]) else { continue };
        let edited = text.replacen("name: ", "name: edited-", 2).replacen("image: ", "imagee: ", 1);
        let after = Document::read(&edited);
        let findings = check(catalog, version, &after);
        let whole = form::form(catalog, version, &after, &findings).expect("a form");
        for shown in 0..form.sections.len() {
            let now = form::form_shown(catalog, version, &after, &findings, &form, shown).expect("the section");
            assert_eq!(now.sections[shown], whole.sections[shown], "{name}");
            let other = (shown + 1) % form.sections.len();
            assert_eq!(now.sections[other].rows, form.sections[other].rows, "what is not seen stays");
            seen += usize::from(form.sections[shown] != whole.sections[shown]);
        }
    }
    assert!(seen > 10, "the edits change something");
}

/// Cards whose text an edit left alone keep their rows, and only those whose text says all.
#[test]
fn what_an_edit_leaves_alone_is_kept_and_still_right() {
    let (catalog, version) = (Catalog::builtin(), Version::LATEST);
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {image: &image nginx:1}\nspec:\n  containers:\n  - name: plain\n    image: nginx:1.29\n    ports:\n    - containerPort: 80\n    - containerPort: 81\n  - name: alias\n    image: *image\n  - name: block\n    image: nginx\n    args:\n    - |+\n      one\n\n  - name: wrong\n    image: nginx\n    ports:\n    - containerPort: 99999\n";
    let edits = [
        ("name: web", "name: webs"),
        ("&image nginx:1", "&image nginx:2"),
        ("      one\n\n", "      one\n\n\n"),
        ("name: plain", "name: plains"),
        ("containerPort: 81", "containerPort: 82"),
        ("99999", "9999"),
        ("name: webs", "name: w"),
        ("  - name: alias\n", "  - name: more\n  - name: alias\n"),
        ("name: w\n", "name: we\n"),
    ];
    let find = |document: &Document| check(catalog, version, document);
    let mut text = text.to_owned();
    let read = Document::read(&text);
    let mut before = form::form(catalog, version, &read, &find(&read)).expect("a form");
    let cards = |form: &form::Form| match &form.sections[0]
        .rows
        .iter()
        .find(|row| row.key == "spec.containers")
        .map(|r| r.body.clone())
    {
        Some(form::Body::List(list)) => list.cards.clone(),
        _ => panic!("a list of containers"),
    };
    let mut kept = Vec::new();
    for (from, to) in edits {
        assert!(text.contains(from), "{from}");
        text = text.replacen(from, to, 1);
        let document = Document::read(&text);
        let findings = find(&document);
        let now = form::form_shown(catalog, version, &document, &findings, &before, 0).expect("the section");
        let whole = form::form(catalog, version, &document, &findings).expect("a form");
        assert_eq!(now.sections[0], whole.sections[0], "{to}");
        let same = |(a, b): (&form::Card, &form::Card)| std::sync::Arc::ptr_eq(&a.rows, &b.rows);
        kept.push(
            cards(&before)
                .iter()
                .zip(&cards(&now))
                .map(same)
                .map(|same| if same { '=' } else { '.' })
                .collect::<String>(),
        );
        before = now;
    }
    // The second has an alias, the third a block scalar, the fourth a finding until the sixth edit.
    assert_eq!(kept, ["=...", "=...", "=...", "....", "....", "=...", "=..=", "=...", "=...="]);
}
