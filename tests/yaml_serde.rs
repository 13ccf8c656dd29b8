//! k8s-openapi's types are read from the tree.

use k8s_openapi::api::apps::v1::Deployment;
use k8s_openapi::api::batch::v1::Job;
use k8s_openapi::api::core::v1::{ConfigMap, Pod, Secret, Service};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;
use manifest_studio::yaml::{Document, Step, TypeError};
use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned>(text: &str) -> Result<T, TypeError> {
    let document = Document::read(text);
    assert_eq!(document.error(), None);
    T::deserialize(document.root().expect("a root").typed())
}

#[test]
fn reads_a_deployment() {
    let text = "
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  creationTimestamp: null
  labels: &labels
    app: web
spec:
  replicas: 0b11
  selector:
    matchLabels: *labels
  strategy:
    rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}
  template:
    metadata:
      labels:
        <<: *labels
        tier: front
    spec:
      containers:
      - name: web
        image: nginx:1.25
        args: [--port, \"80\"]
        resources:
          limits: {cpu: 1, memory: 64Mi}
          requests: {cpu: 0.5}
        ports:
        - containerPort: 80
        readinessProbe:
          httpGet: {path: /, port: http}
        livenessProbe:
          httpGet: {path: /, port: 80}
        env:
        volumeMounts: ~
      nodeSelector: {disk: null}
";
    let deployment: Deployment = read(text).expect("a deployment");
    let json: Deployment = serde_json::from_value(
        Document::read(&text.replace("cpu: 1,", "cpu: '1',").replace("0.5", "'0.5'").replace("null}", "''}"))
            .to_json()
            .expect("a value"),
    )
    .expect("a deployment");
    assert_eq!(deployment, json);
    let spec = deployment.spec;
    assert_eq!(spec.replicas, Some(3));
    let surge = spec.strategy.and_then(|s| s.rolling_update).and_then(|r| r.max_surge);
    assert_eq!(surge, Some(IntOrString::String("25%".to_owned())));
    let pod = spec.template.spec.expect("a pod spec");
    let limits = pod.containers[0].resources.as_ref().and_then(|r| r.limits.as_ref()).expect("limits");
    assert_eq!(limits["cpu"], Quantity("1".to_owned()));
    assert_eq!(limits["memory"], Quantity("64Mi".to_owned()));
    assert_eq!(spec.template.metadata.and_then(|m| m.labels).expect("labels").len(), 2);
}

#[test]
fn null_is_the_absence_of_a_value() {
    let pod: Pod = read("metadata: ~\nspec:\n  containers:\n  -\n  nodeName:\n  hostNetwork: null\n").expect("a pod");
    let spec = pod.spec.expect("a spec");
    assert_eq!(spec.containers.len(), 1);
    assert_eq!(spec.containers[0].name, "");
    assert_eq!((spec.node_name, spec.host_network), (None, None));
    let pod: Pod = read("spec:\n  overhead:\n    cpu:\n").expect("a pod");
    assert_eq!(pod.spec.and_then(|spec| spec.overhead).expect("overhead")["cpu"], Quantity("0".to_owned()));
    let pod: Pod = read("spec:\n  containers:\n").expect("a pod");
    assert!(pod.spec.expect("a spec").containers.is_empty());
}

#[test]
fn reads_the_other_kinds() {
    let service: Service =
        read("spec: {ports: [{port: 80, targetPort: web}, {port: 81, targetPort: 8081}]}\n").expect("a service");
    let ports = service.spec.and_then(|s| s.ports).expect("ports");
    assert_eq!(ports[1].target_port, Some(IntOrString::Int(8081)));
    let job: Job = read("{\"spec\":{\"backoffLimit\":4,\"template\":{}}}").expect("a job");
    assert_eq!(job.spec.and_then(|s| s.backoff_limit), Some(4));
    let map: ConfigMap = read("data:\n  a: 'x'\n  b: |-\n    y\n").expect("a map");
    assert_eq!(map.data.expect("data")["b"], "y");
    let secret: Secret = read("data: {a: aGVsbG8=}\nstringData: {b: \"1\"}\n").expect("a secret");
    assert_eq!(secret.data.expect("data")["a"].0, b"hello");
}

#[test]
fn says_what_does_not_fit_and_where() {
    let text = "spec:\n  containers:\n  - name: web\n    ports:\n    - containerPort: eighty\n";
    let error = read::<Pod>(text).expect_err("no number");
    let path: Vec<Step> =
        vec!["spec".into(), "containers".into(), 0.into(), "ports".into(), 0.into(), "containerPort".into()];
    assert_eq!(error.path, path);
    assert_eq!(error.span.map(|span| &text[span.range()]), Some("eighty"));
    assert!(read::<Pod>("metadata: {name: 5}\n").is_err(), "a number is no string");
    assert!(read::<Pod>("spec: {hostNetwork: 'true'}\n").is_err(), "a string is no boolean");
    assert!(read::<ConfigMap>("data: {a: 5}\n").is_err());
    assert!(read::<Pod>("spec: {containers: {}}\n").is_err());
}
