//! What a real API server of 1.37.1 answered (`tests/cluster-answers/record.mjs`), decoded.

use std::path::Path;

use manifest_studio::cluster::{
    FaultKind, ObjectState, Response, ServerError, ServerVersion, Tone, User, clean, find_resource, pod_selector,
    split_warnings,
};
use manifest_studio::i18n::{Locale, Message};
use manifest_studio::k8s::Version;
use serde_json::{Value, json};

fn recorded(name: &str) -> Response {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cluster-answers/{name}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let record: Value = serde_json::from_str(&text).expect("a record");
    Response {
        status: record["status"].as_u64().and_then(|s| u16::try_from(s).ok()).expect("a status"),
        content_type: record["contentType"].as_str().unwrap_or("").to_owned(),
        warnings: record["warning"].as_str().map(split_warnings).unwrap_or_default(),
        body: match &record["body"] {
            Value::String(text) => text.clone(),
            object => object.to_string(),
        },
    }
}

fn object(name: &str) -> Value {
    recorded(name).decode().unwrap_or_else(|e| panic!("{name}: {e:?}")).object
}

fn refusal(name: &str) -> ServerError {
    recorded(name).decode().map(|a| a.object).expect_err(name)
}

fn english(message: &Message) -> String {
    message.text(Locale::En)
}

/// The Deployment that the recording sent.
fn web() -> Value {
    json!({
        "metadata": {"name": "web", "labels": {"app.kubernetes.io/name": "web", "app": "web"}, "lables": {}},
        "spec": {"replicas": 2, "bogus": 1, "selector": {"matchLabels": {"app": "web"}}, "template": {
            "metadata": {"labels": {"app": "web"}},
            "spec": {"containers": [{"name": "web", "image": "nginx:1.29", "imagee": "x", "ports": [{"containerPort": 80}]}]},
        }},
    })
}

fn places(error: &ServerError, sent: &Value) -> Vec<(String, String)> {
    error.points().iter().map(|p| (p.path.resolve(sent).path.to_string(), p.reason.to_owned())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn who_answers_and_who_asks() {
    let version = ServerVersion::read(&object("version"));
    assert_eq!(version, Some(ServerVersion { git: "v1.37.1".into(), supported: Some(Version::V1_37) }));
    let viewer = User::read(&object("who-viewer")).expect("a user");
    assert_eq!(viewer.name, "viewer");
    let admin = User::read(&object("who-admin")).expect("a user");
    assert!(admin.groups.iter().any(|g| g == "system:masters"));
    let found = find_resource(&object("resources"), "PriorityClass").expect("a resource");
    assert_eq!((found.plural.as_str(), found.namespaced), ("priorityclasses", false));
    assert_eq!(find_resource(&object("resources"), "Gadget"), None);
}

#[test]
fn yes() {
    for (name, created) in [("apply-created", true), ("apply-changed", false), ("strict-ok", true)] {
        let answer = recorded(name).decode().expect(name);
        assert_eq!((answer.created(), answer.warnings.len()), (created, 0), "{name}");
    }
    for name in ["conflict-force", "delete-object", "delete-namespace"] {
        assert!(recorded(name).decode().is_ok(), "{name}");
    }
}

#[test]
fn what_the_proxy_says_is_no_status() {
    assert_eq!(refusal("proxy-refuses"), ServerError::RefusedByProxy);
    let sentence = "dial tcp 127.0.0.1:1: connect: connection refused".to_owned();
    assert_eq!(refusal("proxy-alone"), ServerError::Unreachable { sentence });
    assert_eq!(refusal("resources-unknown-group"), ServerError::NoSuchKind);
    assert_eq!(refusal("no-path"), ServerError::NoSuchKind);
    // A static host, and one that answers every address with its page.
    for (status, content_type, body) in [
        (404, "text/html", "<h1>Not found</h1>"),
        (200, "text/html; charset=utf-8", "<!doctype html>"),
        (200, "application/json", "[]"),
        (200, "application/json", "{\"kind\":"),
        (500, "text/html", "oops"),
        (502, "", ""),
    ] {
        let response = Response { status, content_type: content_type.into(), body: body.into(), ..Response::default() };
        assert_eq!(response.decode().expect_err(body), ServerError::NoApi, "{status} {body}");
    }
}

#[test]
fn conflicts_name_their_owners_and_fields() {
    let many = refusal("conflict-many");
    assert_eq!(
        places(&many, &web()),
        pairs(&[
            ("metadata.labels[app.kubernetes.io/name]", "FieldManagerConflict"),
            ("spec.replicas", "FieldManagerConflict"),
            ("spec.template.spec.containers[0].image", "FieldManagerConflict"),
        ])
    );
    assert!(many.points().iter().all(|p| p.manager == Some("manifest-studio")));
    assert!(
        english(&many.message()).starts_with("Other managers own 3 fields: metadata.labels.app.kubernetes.io/name, ")
    );
    let one = refusal("conflict-one");
    let ServerError::Conflict(conflicts) = &one else { panic!("{one:?}") };
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].owner(), "autoscaler (scale)");
    assert_eq!(
        english(&one.message()),
        "Another manager owns a field: spec.replicas (autoscaler (scale)). Leave it out, or take it over."
    );
}

#[test]
fn structure_is_refused_at_its_fields() {
    let table: [(&str, &[(&str, &str)]); 7] = [
        ("apply-wrong-type", &[("spec.replicas", "WrongType")]),
        (
            "apply-wrong-types",
            &[("spec.replicas", "WrongType"), ("spec.template.spec.containers[0].ports", "WrongType")],
        ),
        ("apply-twice-in-list", &[("spec.template.spec.containers", "DuplicateKey")]),
        (
            "strict-unknown-fields",
            &[
                ("metadata.lables", "UnknownField"),
                ("spec.template.spec.containers[0].imagee", "UnknownField"),
                ("spec.bogus", "UnknownField"),
            ],
        ),
        (
            "strict-duplicate-json",
            &[
                ("metadata.lables", "UnknownField"),
                ("spec.replicas", "DuplicateKey"),
                ("spec.template.spec.containers[0].imagee", "UnknownField"),
                ("spec.bogus", "UnknownField"),
            ],
        ),
        ("strict-wrong-type", &[("spec.replicas", "WrongType")]),
        ("strict-duplicate-yaml", &[("name", "DuplicateKey"), ("data", "DuplicateKey"), ("bogus", "UnknownField")]),
    ];
    for (name, expected) in table {
        assert_eq!(places(&refusal(name), &web()), pairs(expected), "{name}");
    }
    // How many of them server-side apply names is a matter of chance.
    let (some, all) =
        (places(&refusal("apply-unknown-field"), &web()), places(&refusal("strict-unknown-fields"), &web()));
    assert!(!some.is_empty() && some.iter().all(|p| all.contains(p)), "{some:?}");
    // The second of two containers: Go's sentence has no indices, the object has.
    let mut sent = web();
    let containers = sent["spec"]["template"]["spec"]["containers"].as_array_mut().expect("containers");
    containers.insert(0, json!({"name": "a", "image": "b"}));
    assert_eq!(
        places(&refusal("strict-wrong-type-in-list"), &sent),
        pairs(&[("spec.template.spec.containers[1].ports[0].containerPort", "WrongType")])
    );
    let error = refusal("strict-unknown-fields");
    assert!(matches!(&error, ServerError::Structure(f) if f.iter().all(|f| f.kind == FaultKind::Unknown)));
    assert!(english(&error.message()).starts_with("The server does not know 3 fields: metadata.lables, "));
    for name in ["strict-quantity", "apply-quantity", "apply-no-yaml", "apply-kind-differs"] {
        assert!(matches!(refusal(name), ServerError::Undecodable { .. }), "{name}");
    }
}

#[test]
fn values_are_refused_at_their_fields() {
    let invalid = refusal("apply-invalid");
    assert_eq!(
        places(&invalid, &web()),
        pairs(&[
            ("metadata.labels", "FieldValueInvalid"),
            ("spec.replicas", "FieldValueInvalid"),
            ("spec.template.spec.containers[0].ports[0].containerPort", "FieldValueInvalid"),
            ("spec.template.spec.containers[1].name", "FieldValueInvalid"),
            ("spec.template.spec.containers[1].image", "FieldValueRequired"),
            ("spec.template.spec.restartPolicy", "FieldValueNotSupported"),
        ])
    );
    assert_eq!(english(&invalid.message()), "The server refuses 6 values.");
    let points = invalid.points();
    assert_eq!(points[1].sentence, "Invalid value: -1: must be greater than or equal to 0");
    assert_eq!(places(&refusal("apply-immutable"), &web()), pairs(&[("spec.selector", "FieldValueInvalid")]));
    assert_eq!(places(&refusal("too-long"), &web()), pairs(&[("", "FieldValueTooLong")]));
}

#[test]
fn permission_policy_and_absence_are_told_apart() {
    for name in ["viewer-get", "viewer-apply", "viewer-delete"] {
        let error = refusal(name);
        assert!(matches!(&error, ServerError::Forbidden { .. }), "{name}: {error:?}");
        assert!(english(&error.message()).contains("User \"viewer\" cannot "), "{name}");
    }
    for name in ["denied-pod-security", "denied-quota"] {
        assert!(matches!(refusal(name), ServerError::Denied { .. }), "{name}");
    }
    assert!(matches!(refusal("terminating"), ServerError::NamespaceTerminating { .. }));
    assert_eq!(refusal("no-namespace"), ServerError::NoNamespace { name: "absent".into() });
    assert!(matches!(refusal("no-object"), ServerError::NotFound { .. }));
    assert!(matches!(refusal("delete-absent"), ServerError::NotFound { .. }));
    assert_eq!(refusal("no-resource"), ServerError::NoSuchKind);
    assert!(matches!(refusal("strict-exists"), ServerError::AlreadyExists { .. }));
    assert!(matches!(refusal("too-large"), ServerError::TooLarge { .. }));
    for (name, code) in [("apply-name-differs", 400), ("namespace-differs", 400), ("method", 405), ("media-type", 415)]
    {
        assert!(matches!(refusal(name), ServerError::Other { status, .. } if status == code), "{name}");
    }
}

#[test]
fn answers_that_the_recording_could_not_bring_about() {
    // Shapes of k8s.io/apimachinery/pkg/api/errors.
    let status = |code: u16, reason: &str, message: &str, details: Value| {
        let body = json!({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure",
            "message": message, "reason": reason, "details": details, "code": code});
        let content_type = "application/json".into();
        Response { status: code, content_type, body: body.to_string(), ..Response::default() }
            .decode()
            .expect_err(reason)
    };
    let busy = status(429, "TooManyRequests", "try later", json!({"retryAfterSeconds": 1}));
    assert_eq!(english(&busy.message()), "The server is busy; try again in 1 second.");
    let busy = status(503, "ServiceUnavailable", "not ready", Value::Null);
    assert_eq!(busy, ServerError::Busy { sentence: "not ready".into(), retry_after: None });
    assert!(busy.may_pass_later());
    assert!(matches!(status(504, "Timeout", "late", Value::Null), ServerError::Timeout { .. }));
    assert!(matches!(status(401, "Unauthorized", "Unauthorized", Value::Null), ServerError::Unauthorized { .. }));
    let changed = "Operation cannot be fulfilled on pods \"a\": the object has been modified";
    assert!(matches!(
        status(409, "Conflict", changed, json!({"name": "a", "kind": "pods"})),
        ServerError::Changed { .. }
    ));
    let webhook = "admission webhook \"v.example.com\" denied the request: no";
    for (code, reason) in [(400, "BadRequest"), (403, "Forbidden"), (500, ""), (418, "Odd")] {
        assert!(matches!(status(code, reason, webhook, json!({})), ServerError::Denied { .. }), "{code}");
    }
    let owners = json!({"causes": [
        {"reason": "FieldManagerConflict", "message": "conflict with \"kubectl-edit\" using apps/v1 at 2026-01-02T03:04:05Z", "field": ".spec.replicas"},
        {"reason": "FieldManagerConflict", "message": "conflict with \"helm\"", "field": ".spec.paused"},
        {"reason": "FieldManagerConflict", "message": "conflict with \"kubectl-edit\" using apps/v1 at 2026-01-02T03:04:05Z", "field": ".spec.strategy"},
    ]});
    let ServerError::Conflict(conflicts) = status(409, "Conflict", "Apply failed with 3 conflicts", owners) else {
        panic!("no conflict")
    };
    let told: Vec<_> = conflicts.iter().map(|c| (c.manager.as_str(), c.time.as_deref(), c.fields.len())).collect();
    assert_eq!(told, [("kubectl-edit", Some("2026-01-02T03:04:05Z"), 2), ("helm", None, 1)]);
    let other = status(500, "InternalError", "etcd is gone", Value::Null);
    assert_eq!(english(&other.message()), "The server answers 500: etcd is gone");
    for odd in ["{}", "{\"kind\":\"Status\"}", "{\"kind\":\"Status\",\"details\":[],\"reason\":1}"] {
        let response =
            Response { status: 400, content_type: "application/json".into(), body: odd.into(), ..Response::default() };
        let error = response.decode().expect_err(odd);
        assert!(!error.message().text(Locale::Zh).is_empty(), "{odd}");
    }
}

#[test]
fn warnings_name_their_fields() {
    let told = |name: &str| -> Vec<(String, Option<String>)> {
        let warned = recorded(name).warned();
        warned.into_iter().map(|w| (w.sentence, w.path.map(|p| p.resolve(&web()).path.to_string()))).collect()
    };
    let unknown: Vec<_> = told("warn-unknown-fields").into_iter().filter_map(|(_, path)| path).collect();
    assert_eq!(unknown, ["metadata.lables", "spec.template.spec.containers[0].imagee", "spec.bogus"]);
    let duplicates: Vec<_> = told("warn-duplicates").into_iter().filter_map(|(_, path)| path).collect();
    assert_eq!(duplicates, ["spec.template.spec.containers[0].env[1]", "spec.template.spec.containers[0].ports[1]"]);
    let security = told("warn-pod-security");
    assert_eq!((security.len(), &security[0].1), (1, &None));
    assert!(security[0].0.ends_with("to \"RuntimeDefault\" or \"Localhost\")"));
    assert_eq!(told("warn-not-ascii"), [("unknown field \"grüße, 世界\"".to_owned(), Some("grüße, 世界".to_owned()))]);
}

#[test]
fn what_is_there_now() {
    let mut deployment = object("live-deployment");
    let state = ObjectState::read(&deployment);
    assert_eq!((state.tone(), english(&state.message())), (Tone::Well, "4 of 4 ready".to_owned()));
    assert_eq!(pod_selector(&deployment).as_deref(), Some("app=web"));
    clean(&mut deployment, false);
    assert_eq!(
        deployment["metadata"],
        json!({"name": "web", "namespace": "default", "labels": {"app": "web", "app.kubernetes.io/name": "web"},
            "annotations": {"deployment.kubernetes.io/revision": "1"}})
    );
    assert_eq!(deployment["spec"]["replicas"], 4);
    assert_eq!(
        deployment.as_object().map(|o| o.keys().map(String::as_str).collect()),
        Some(vec!["apiVersion", "kind", "metadata", "spec"])
    );

    let job = ObjectState::read(&object("live-job"));
    assert_eq!(english(&job.message()), "Complete: 1 of 1 succeeded, 0 active, 0 failed");
    let selector = pod_selector(&object("live-job")).expect("a selector");
    assert!(selector.starts_with("batch.kubernetes.io/controller-uid="), "{selector}");
    let service = ObjectState::read(&object("live-service"));
    assert!(english(&service.message()).starts_with("ClusterIP at 10."));
    let pods = object("live-pods");
    let mut pod = pods["items"][0].clone();
    pod["kind"] = json!("Pod");
    let state = ObjectState::read(&pod);
    assert_eq!((state.tone(), english(&state.message())), (Tone::Well, "Running, 1 of 1 ready".to_owned()));
    assert_eq!(ObjectState::read(&object("delete-namespace")), ObjectState::Deleting);
}

proptest::proptest! {
    /// Whatever comes back, it is an answer or a refusal in words.
    #[test]
    fn any_answer_is_read(
        status in 100u16..600,
        json in proptest::bool::ANY,
        reason in "(Conflict|Invalid|BadRequest|Forbidden|NotFound|TooManyRequests|[a-z]{0,3})",
        sentence in "(strict decoding error: |failed to create typed x\\): |json: cannot unmarshal |)[ -~ä\\n]{0,40}",
        field in "[.a-z\\[\\]=\",0-9ä/]{0,24}",
        noise in "\\PC{0,40}",
    ) {
        let details = json!({"kind": &noise, "name": &field, "retryAfterSeconds": -1,
            "causes": [{"reason": "FieldManagerConflict", "message": &sentence, "field": &field}, {"field": 1}, null]});
        let body = json!({"kind": "Status", "reason": reason, "message": sentence, "details": details}).to_string();
        let response = Response {
            status,
            content_type: if json { "application/json".into() } else { noise.clone() },
            warnings: split_warnings(&noise).into_iter().chain([sentence, field]).collect(),
            body: if json { body } else { noise },
        };
        for warning in response.warned() {
            let _ = warning.path.map(|p| p.resolve(&web()));
        }
        if let Err(error) = response.decode() {
            proptest::prop_assert!(!error.message().text(Locale::Zh).is_empty());
            for point in error.points() {
                let found = point.path.resolve(&web());
                proptest::prop_assert!(found.present <= found.path.0.len());
                let _ = point.message();
            }
        }
    }

    /// Whatever is found in the cluster, it is cleaned and put in words.
    #[test]
    fn any_object_is_read(kind in "(Pod|Deployment|Job|Service|List)", key in "(status|spec|metadata)", noise in "\\PC{0,30}", n in proptest::num::i64::ANY) {
        for value in [json!(noise), json!(n), json!([noise]), json!({"conditions": [n, {"type": noise}], "containerStatuses": [n, {"restartCount": n}, {"restartCount": n, "state": {"terminated": {"exitCode": n}}}], "replicas": n, "readyReplicas": n, "selector": noise})] {
            let mut object = json!({"kind": kind, (key.clone()): value});
            let _ = (ObjectState::read(&object).message(), pod_selector(&object));
            clean(&mut object, false);
        }
    }
}
