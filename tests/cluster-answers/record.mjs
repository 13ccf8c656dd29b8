// Records what a real API server answers, for tests/cluster_answers.rs:
//
//     node tests/cluster-answers/record.mjs FOLDER
//
// where FOLDER holds the binary `cluster` (the last line that tools/cluster.sh prints). Starts a
// cluster of its own, asks it through kubectl proxy as a page would, writes one file an answer beside
// this script and ends the cluster.
import { spawn } from "node:child_process";
import { writeFileSync, readdirSync, rmSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";

const here = import.meta.dirname;
const program = join(process.argv[2], "cluster");

function start(args) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    child.on("exit", () => reject(new Error(`${args[0]} ended`)));
    createInterface({ input: child.stdout }).once("line", (line) => resolve({ child, line }));
  });
}

async function proxy(kubeconfig) {
  const args = ["kubectl", "--kubeconfig", kubeconfig, "proxy", "--port=0"];
  const { child, line } = await start(args);
  return { child, base: `http://${line.match(/127\.0\.0\.1:\d+/)[0]}` };
}

const { child: cluster, line } = await start(["up", "--nodes", "1"]);
const up = JSON.parse(line);
const viewer = await proxy(up.viewerKubeconfig);
const dead = join(up.dir, "dead.kubeconfig");
writeFileSync(dead, readFileSync(up.kubeconfig, "utf8").replace(/server: .*/, "server: https://127.0.0.1:1"));
const nowhere = await proxy(dead);

async function ask(base, request, body, type = "application/json") {
  const [method, path] = request.split(" ");
  const url = `${base}${path}${path.includes("?") ? "&" : "?"}pretty=false`;
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const answer = await fetch(url, { method, body: text, headers: body === undefined ? {} : { "Content-Type": type } });
  const received = await answer.text();
  const contentType = answer.headers.get("content-type");
  return { request, status: answer.status, contentType, warning: answer.headers.get("warning"), received };
}

for (const old of readdirSync(here)) if (old.endsWith(".json")) rmSync(join(here, old));

function keep(name, answer) {
  const { received, ...rest } = answer;
  const json = rest.contentType?.startsWith("application/json");
  writeFileSync(join(here, `${name}.json`), `${JSON.stringify({ ...rest, body: json ? JSON.parse(received) : received }, null, 1)}\n`);
  console.log(`${answer.status} ${name} ${received.slice(0, 150)}`);
}

const record = async (name, request, body, type, base = up.api) => keep(name, await ask(base, request, body, type));
const SSA = "application/apply-patch+yaml";
const as = (manager, more = "") => `fieldManager=${manager}&fieldValidation=Strict${more}`;
const deployments = "/apis/apps/v1/namespaces/default/deployments";
const web = (change = () => {}) => {
  const object = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web", namespace: "default", labels: { "app.kubernetes.io/name": "web", app: "web" } },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: { containers: [{ name: "web", image: "nginx:1.29", ports: [{ containerPort: 80 }] }] },
      },
    },
  };
  change(object);
  return object;
};
const config = (name, more = {}) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { a: "1" }, ...more });
const configs = "/api/v1/namespaces/default/configmaps";
const strict = as("manifest-studio", "&dryRun=All");

try {
  await record("version", "GET /version");
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const reviews = "POST /apis/authentication.k8s.io/v1/selfsubjectreviews";
  await record("who-admin", reviews, review);
  await record("who-viewer", reviews, review, undefined, viewer.base);
  await record("resources", "GET /apis/scheduling.k8s.io/v1");
  await record("resources-unknown-group", "GET /apis/example.com/v1");

  await record("apply-created", `PATCH ${configs}/one?${as("manifest-studio")}`, config("one"), SSA);
  await record("apply-changed", `PATCH ${configs}/one?${as("manifest-studio")}`, config("one", { data: { a: "2" } }), SSA);
  await ask(up.api, `PATCH ${deployments}/web?${as("manifest-studio")}`, web(), SSA);

  const edited = web((o) => {
    o.spec.replicas = 5;
    o.metadata.labels["app.kubernetes.io/name"] = "other";
    o.spec.template.spec.containers[0].image = "nginx:1.30";
    o.spec.template.spec.containers[0].ports[0].name = "http";
  });
  await record("conflict-many", `PATCH ${deployments}/web?${as("kubectl")}`, edited, SSA);
  const merge = "application/merge-patch+json";
  await ask(up.api, `PATCH ${deployments}/web?fieldManager=kubectl-scale`, { spec: { replicas: 3 } }, merge);
  await ask(up.api, `PATCH ${deployments}/web/scale?fieldManager=autoscaler`, { spec: { replicas: 4 } }, merge);
  await record("conflict-one", `PATCH ${deployments}/web?${as("manifest-studio")}`, web(), SSA);
  await record("conflict-force", `PATCH ${deployments}/web?${as("manifest-studio", "&force=true&dryRun=All")}`, web(), SSA);

  const bogus = web((o) => {
    o.spec.bogus = 1;
    o.spec.template.spec.containers[0].imagee = "x";
    o.metadata.lables = {};
  });
  await record("apply-unknown-field", `PATCH ${deployments}/web?${as("manifest-studio")}`, bogus, SSA);
  const wrong = web((o) => (o.spec.replicas = "two"));
  await record("apply-wrong-type", `PATCH ${deployments}/web?${as("manifest-studio")}`, wrong, SSA);
  const wrongs = web((o) => {
    o.spec.replicas = "two";
    o.spec.template.spec.containers[0].ports[0].containerPort = "eighty";
  });
  await record("apply-wrong-types", `PATCH ${deployments}/web?${as("manifest-studio")}`, wrongs, SSA);
  const twice = web((o) => o.spec.template.spec.containers.push({ ...o.spec.template.spec.containers[0] }));
  await record("apply-twice-in-list", `PATCH ${deployments}/web?${as("manifest-studio")}`, twice, SSA);
  await record("apply-name-differs", `PATCH ${deployments}/other?${as("manifest-studio")}`, web(), SSA);
  await record("apply-kind-differs", `PATCH ${configs}/web?${as("manifest-studio")}`, web(), SSA);
  await record("apply-no-yaml", `PATCH ${configs}/web?${as("manifest-studio")}`, "a: [", SSA);
  const immutable = web((o) => (o.spec.selector.matchLabels = o.spec.template.metadata.labels = { app: "web2" }));
  await record("apply-immutable", `PATCH ${deployments}/web?${as("manifest-studio", "&force=true")}`, immutable, SSA);
  const invalid = web((o) => {
    o.metadata.name = "fresh";
    o.metadata.labels = { bad: "a b" };
    o.spec.replicas = -1;
    o.spec.template.spec.containers[0].ports[0].containerPort = 99999;
    o.spec.template.spec.containers.push({ name: "Side", image: "" });
    o.spec.template.spec.restartPolicy = "Never";
  });
  await record("apply-invalid", `PATCH ${deployments}/fresh?${as("manifest-studio")}`, invalid, SSA);
  await record("apply-invalid-name", `PATCH ${configs}/Upper_Case?${as("manifest-studio")}`, config("Upper_Case"), SSA);

  await record("strict-exists", `POST ${deployments}?${strict}`, web());
  await record("strict-unknown-fields", `POST ${deployments}?${strict}`, bogus);
  const doubled = JSON.stringify(bogus).replace('"replicas":2', '"replicas":1,"replicas":2');
  await record("strict-duplicate-json", `POST ${deployments}?${strict}`, doubled);
  const yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  name: z\nbogus: 1\ndata: {}\ndata: {}\n";
  await record("strict-duplicate-yaml", `POST ${configs}?${strict}`, yaml, "application/yaml");
  await record("strict-wrong-type", `POST ${deployments}?${strict}`, wrong);
  const deep = web((o) => {
    o.spec.template.spec.containers.unshift({ name: "a", image: "b" });
    o.spec.template.spec.containers[1].ports[0].containerPort = "eighty";
  });
  await record("strict-wrong-type-in-list", `POST ${deployments}?${strict}`, deep);
  const quantity = web((o) => (o.spec.template.spec.containers[0].resources = { limits: { memory: "1 GB" } }));
  await record("strict-quantity", `POST ${deployments}?${strict}`, quantity);
  await record("apply-quantity", `PATCH ${deployments}/web?${as("manifest-studio", "&force=true")}`, quantity, SSA);
  await record("strict-ok", `POST ${configs}?${strict}`, config("two"));
  await record("warn-unknown-fields", `POST ${deployments}?dryRun=All&fieldValidation=Warn`, bogus);
  const ports = web((o) => {
    o.metadata.name = "warned";
    o.spec.template.spec.containers[0].ports.push({ containerPort: 80 });
    o.spec.template.spec.containers[0].env = [{ name: "A", value: "1" }, { name: "A", value: "2" }];
  });
  await record("warn-duplicates", `POST ${deployments}?${strict}`, ports);

  await record("warn-not-ascii", `POST ${configs}?dryRun=All&fieldValidation=Warn`, config("two", { "grüße, 世界": 1 }));

  await record("no-namespace", `PATCH /api/v1/namespaces/absent/configmaps/a?${as("manifest-studio")}`, config("a"), SSA);
  await record("no-object", `GET ${configs}/absent`);
  await record("no-resource", "GET /apis/apps/v1/namespaces/default/gadgets/web");
  await record("no-path", "GET /nowhere");
  await record("viewer-get", `GET ${deployments}/web`, undefined, undefined, viewer.base);
  await record("viewer-apply", `PATCH ${deployments}/web?${as("manifest-studio")}`, web(), SSA, viewer.base);
  await record("viewer-delete", `DELETE ${configs}/one`, undefined, undefined, viewer.base);
  await record("proxy-refuses", "GET /api/v1/namespaces/default/pods/web/exec");
  await record("proxy-alone", "GET /version", undefined, undefined, nowhere.base);
  await record("method", "PUT /version", {});
  await record("media-type", `POST ${configs}`, "a", "text/plain");
  await record("too-large", `PATCH ${configs}/big?${as("manifest-studio")}`, config("big", { data: { a: "x".repeat(4 << 20) } }), SSA);
  await record("too-long", `PATCH ${configs}/long?${as("manifest-studio")}`, config("long", { data: { a: "x".repeat(1100000) } }), SSA);

  const guarded = { apiVersion: "v1", kind: "Namespace", metadata: { name: "guarded", labels: {
    "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted" } } };
  await ask(up.api, "POST /api/v1/namespaces", guarded);
  const spec = { hostNetwork: true, containers: [{ name: "c", image: "i" }] };
  await record("denied-pod-security", `PATCH /api/v1/namespaces/guarded/pods/p?${as("manifest-studio")}`,
    { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec }, SSA);
  await record("warn-pod-security", `PATCH /apis/apps/v1/namespaces/guarded/deployments/web?${as("manifest-studio", "&dryRun=All")}`,
    web((o) => delete o.metadata.namespace), SSA);
  const quota = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "none" }, spec: { hard: { "count/secrets": "0" } } };
  await ask(up.api, "POST /api/v1/namespaces/guarded/resourcequotas", quota);
  for (let i = 0; i < 100; i++) {
    const q = JSON.parse((await ask(up.api, "GET /api/v1/namespaces/guarded/resourcequotas/none")).received);
    if (q.status?.hard) break;
    await new Promise((r) => setTimeout(r, 100));
  }
  await record("denied-quota", `PATCH /api/v1/namespaces/guarded/secrets/s?${as("manifest-studio")}`,
    { apiVersion: "v1", kind: "Secret", metadata: { name: "s" } }, SSA);
  await record("namespace-differs", `PATCH /api/v1/namespaces/guarded/configmaps/one?${as("manifest-studio")}`,
    config("one", { metadata: { name: "one", namespace: "default" } }), SSA);

  const job = { apiVersion: "batch/v1", kind: "Job", metadata: { name: "once" }, spec: { template: {
    spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i" }] } } } };
  await ask(up.api, `PATCH /apis/batch/v1/namespaces/default/jobs/once?${as("manifest-studio")}`, job, SSA);
  const service = { apiVersion: "v1", kind: "Service", metadata: { name: "web" }, spec: { selector: { app: "web" }, ports: [{ port: 80 }] } };
  await ask(up.api, `PATCH /api/v1/namespaces/default/services/web?${as("manifest-studio")}`, service, SSA);
  const settled = async (path, test) => {
    for (let i = 0; i < 300; i++) {
      const answer = await ask(up.api, `GET ${path}`);
      if (test(JSON.parse(answer.received))) return answer;
      await new Promise((r) => setTimeout(r, 100));
    }
    throw new Error(`${path} did not settle`);
  };
  keep("live-deployment", await settled(`${deployments}/web`, (o) => o.status?.readyReplicas === 4));
  keep("live-job", await settled("/apis/batch/v1/namespaces/default/jobs/once", (o) => o.status?.succeeded));
  await record("live-service", "GET /api/v1/namespaces/default/services/web");
  await record("live-pods", "GET /api/v1/namespaces/default/pods?labelSelector=app%20in%20%28web%29&limit=1");

  await record("delete-object", `DELETE ${deployments}/web?propagationPolicy=Background`);
  await record("delete-namespace", "DELETE /api/v1/namespaces/guarded?propagationPolicy=Background");
  await record("terminating", `PATCH /api/v1/namespaces/guarded/configmaps/one?${as("manifest-studio")}`, config("one"), SSA);
  await record("delete-absent", `DELETE ${deployments}/absent?propagationPolicy=Background`);
} finally {
  for (const child of [viewer.child, nowhere.child]) child.kill();
  cluster.stdin.end();
}
