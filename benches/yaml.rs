//! Reading and editing: a file of 500 lines, and 3,000 documents.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use manifest_studio::text::Change;
use manifest_studio::yaml::{Document, Step, Stream, edit};
use serde::Deserialize;

/// A deployment of many containers, about 500 lines with comments.
fn long() -> String {
    let mut text = "# The shop's front\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n  labels:\n    app: shop\nspec:\n  replicas: 3\n  selector:\n    matchLabels:\n      app: shop\n  template:\n    metadata:\n      labels:\n        app: shop\n    spec:\n      containers:\n".to_owned();
    for i in 0..20 {
        text += &format!(
            "      # container {i}\n      - name: part-{i}\n        image: registry.example/shop/part-{i}:1.{i} # pinned\n        args: [\"--port\", \"80{i:02}\"]\n        ports:\n        - containerPort: 80{i:02}\n          name: http\n        env:\n        - name: MODE\n          value: \"on\"\n        - name: SECRET\n          valueFrom:\n            secretKeyRef: {{name: shop, key: part-{i}}}\n        resources:\n          requests:\n            cpu: 100m\n            memory: 64Mi\n        readinessProbe:\n          httpGet:\n            path: /ready\n            port: http\n          periodSeconds: 5\n        volumeMounts:\n        - name: data\n          mountPath: /data\n"
        );
    }
    text + "      volumes:\n      - name: data\n        emptyDir: {}\n"
}

fn many() -> String {
    (0..3000)
        .map(|i| {
            format!(
                "---\n# number {i}\napiVersion: v1\nkind: Service\nmetadata:\n  name: service-{i}\n  labels:\n    app: web\n    tier: \"{}\"\nspec:\n  selector:\n    app: web\n  ports:\n  - name: http\n    port: 80\n    targetPort: 8080\n",
                i % 7
            )
        })
        .collect()
}

fn reading(c: &mut Criterion) {
    let (long, many) = (long(), many());
    assert!((480..=540).contains(&long.lines().count()), "{}", long.lines().count());
    let mut group = c.benchmark_group("read");
    for (name, text) in [("500 lines", &long), ("3000 documents", &many)] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |b| b.iter(|| Stream::read(black_box(text.as_str()))));
    }
    group.finish();
    let document = Document::read(&long);
    c.bench_function("to_json/500 lines", |b| b.iter(|| black_box(&document).to_json()));
    c.bench_function("serde/500 lines", |b| {
        b.iter(|| document.root().map(|root| k8s_openapi::api::apps::v1::Deployment::deserialize(root).is_ok()))
    });
}

fn editing(c: &mut Criterion) {
    let (long, many) = (long(), many());
    let mut group = c.benchmark_group("edit");
    let document = Document::read(&long);
    let path: Vec<Step> = ["spec", "template", "spec", "containers"]
        .into_iter()
        .map(Step::from)
        .chain([10.into(), "image".into()])
        .collect();
    group.bench_function("set in 500 lines", |b| {
        b.iter(|| edit::set(&document, black_box(&path), &"registry.example/other:2".into()).is_ok())
    });
    let stream = Stream::read(many.as_str());
    let at = stream.documents()[1500].start + 30;
    group.bench_function("a key stroke in 3000 documents", |b| {
        b.iter(|| stream.edit(black_box(&[Change::new(at, at, "x")])))
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(30).measurement_time(std::time::Duration::from_secs(2)).warm_up_time(std::time::Duration::from_millis(500));
    targets = reading, editing
}
criterion_main!(benches);
