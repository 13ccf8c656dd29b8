// Point 11 as a person does it, against a real control plane: make, try, apply, watch, edit, be refused, meet
// another manager, delete; a Job with its script; a user who may not.
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, expectAccessible, test } from "../support/cluster.mjs";
import { watch } from "../support/studio.mjs";
import * as person from "../support/person.mjs";

const panel = (page) => page.getByRole("tabpanel", { name: "Cluster", exact: true });
const answers = (page) => panel(page).getByRole("list", { name: "What the cluster answered" });
const answer = (page, kind) => answers(page).getByRole("listitem").filter({ has: page.getByText(kind, { exact: true }) });
const objects = (page) => panel(page).getByRole("region", { name: "Objects of this workspace" });

async function toCluster(page) {
  await person.panels(page).getByRole("tab", { name: "Cluster", exact: true }).click();
  await expect(panel(page)).toBeVisible();
}

/** Presses one of the verbs for one document or for all. */
async function send(page, verb, what = "This document") {
  await panel(page).getByRole("button", { name: what, exact: true }).click();
  await panel(page).getByRole("button", { name: verb, exact: true }).click();
}

/** Asks again until it is so, as a person would. */
const refreshed = (page, check) =>
  expect(async () => {
    await panel(page).getByRole("button", { name: "Refresh" }).click();
    await check();
  }).toPass({ intervals: [250, 500, 1000], timeout: 30_000 });

/** A key and a value into a table of the form: Labels, the labels of the Selector, Pod labels. */
async function entry(page, table, key, value) {
  await table.getByRole("button", { name: "Label", exact: true }).click();
  const keyInput = table.getByRole("textbox", { name: /: key$/ });
  await expect(keyInput).toBeFocused();
  await page.keyboard.type(key);
  await page.keyboard.press("Tab");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
  await expect(table).toContainText(`${key}=${value}`);
}

/** A document more, by the button above the list. */
async function add(page, kind) {
  await page.getByRole("button", { name: "Add resource" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add resource" });
  await dialog.getByRole("combobox").first().fill(kind);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
}

const labelled = (page, name) => person.form(page).getByRole("group", { name });
/** Where one types; with suggestions, it is a combobox. */
const input = (page, name) => person.field(page, name).or(person.field(page, name, "combobox"));

test("a Deployment and a Service from the form into the cluster, changed, refused, contested, deleted; then a Job with its script", async ({
  page,
  cluster,
  studio,
}, info) => {
  // The browser itself writes to its console that a server refused, or that an object is not there.
  studio.allow(/status of (409|422)/, /status of 404.*\/namespaces\/default\//);
  const get = (what, path) => cluster.kubectl("get", ...what, "-o", `jsonpath={${path}}`);

  // The form, from nothing.
  await page.open();
  await page.getByRole("group", { name: "Start empty" }).getByRole("button", { name: "Deployment" }).click();
  await person.field(page, "Name").fill("shop");
  await person.field(page, "Replicas").fill("2");
  await entry(page, labelled(page, /^Selector/).getByRole("group", { name: /^Labels/ }), "app", "shop");
  await entry(page, labelled(page, /^Pod labels/), "app", "shop");
  await person.form(page).getByRole("button", { name: "Container", exact: true }).click();
  await input(page, "Container name").fill("web");
  await input(page, "Image: name").fill("nginx");
  await input(page, "Image: tag").fill("1.29");
  await person.form(page).getByRole("button", { name: "Port", exact: true }).click();
  await input(page, "Container port").fill("8080");
  await input(page, "Port name").fill("http");
  await add(page, "Service");
  await expect(person.line(page, "service", "Service")).toBeVisible();
  await person.field(page, "Name").fill("shop");
  await entry(page, labelled(page, /^Pods it sends to/), "app", "shop");
  await person.form(page).getByRole("button", { name: "Port", exact: true }).click();
  await input(page, "Target port").fill("http");
  await expect(person.problems(page)).toContainText("No problems.");
  await person.expectText(
    page,
    `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  replicas: 2
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: web
          image: nginx:1.29
          ports:
            - containerPort: 8080
              name: http
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: shop
  ports:
    - name: http
      port: 80
      targetPort: http
`,
  );

  // A dry run changes nothing; applying creates both, and the pods come up.
  await toCluster(page);
  await expect(panel(page)).toContainText(cluster.version);
  await send(page, "Dry run", "All documents");
  await expect(answer(page, "Deployment")).toContainText("Would be created");
  await expect(answer(page, "Service")).toContainText("Would be created");
  await expect(get(["deployment", "shop"], ".metadata.name")).rejects.toThrow(/NotFound/);
  await send(page, "Apply", "All documents");
  await expect(answer(page, "Deployment")).toContainText("Created");
  await expect(answer(page, "Service")).toContainText("Created");
  const deployment = objects(page).getByRole("listitem").filter({ has: page.getByText("Deployment", { exact: true }) });
  const pods = deployment.getByRole("list", { name: "Pods" }).getByRole("listitem");
  await refreshed(page, async () => {
    await expect(deployment).toContainText("2 of 2 ready", { timeout: 1000 });
    await expect(pods.filter({ hasText: /shop-.*Running/ })).toHaveCount(2, { timeout: 1000 });
  });
  await expect(objects(page)).toContainText(/ClusterIP at \d/);
  expect(await get(["service", "shop"], ".spec.selector.app")).toBe("shop");
  const managers = await cluster.kubectl("get", "deployment", "shop", "--show-managed-fields", "-o", "jsonpath={.metadata.managedFields[*].manager}");
  expect(managers).toContain("manifest-studio");

  // An edit, applied.
  await person.line(page, "shop", "Deployment").click();
  await person.field(page, "Replicas").fill("3");
  await send(page, "Apply");
  await expect(answer(page, "Deployment")).toContainText("Applied");
  expect(await get(["deployment", "shop"], ".spec.replicas")).toBe("3");
  await refreshed(page, () => expect(objects(page)).toContainText("3 of 3 ready", { timeout: 1000 }));

  // A refusal: said at its field, at its line, among the problems; and gone with the next word.
  const port = input(page, "Container port");
  await person.form(page).getByRole("button", { name: "http 8080/TCP" }).click();
  await port.fill("70000");
  await send(page, "Apply");
  await expect(answer(page, "Deployment")).toContainText("must be between 1 and 65535");
  await expect(port).toHaveAttribute("aria-invalid", "true");
  await expect(port).toHaveAccessibleDescription(/between 1 and 65535/);
  await expect(person.editor(page).locator(".cm-lintRange", { hasText: "70000" }).first()).toBeVisible();
  await person.panels(page).getByRole("tab", { name: /^Problems/ }).click();
  // The page has said it without the server, in the server's own words.
  const said = person.problems(page).getByRole("listitem").filter({ hasText: "between 1 and 65535" });
  await expect(said).toHaveCount(2);
  const refusal = said.filter({ hasText: "The server refuses this" });
  await expect(refusal).toContainText("spec.template.spec.containers[0].ports[0].containerPort");
  await refusal.getByRole("button", { name: /· line 19$/ }).click();
  await expect(port).toBeFocused();
  await port.fill("8080");
  await toCluster(page);
  await send(page, "Apply");
  await expect(answer(page, "Deployment")).toContainText("Applied");
  await expect(port).not.toHaveAttribute("aria-invalid", "true");

  // Somebody else takes the number of replicas; the conflict names them, and the field is taken over.
  const others = info.outputPath("others.yaml");
  const theirs = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "shop" }, spec: { replicas: 5 } };
  await writeFile(others, JSON.stringify(theirs));
  await cluster.kubectl("apply", "--server-side", "--force-conflicts", "--field-manager=autoscaler", "-f", others);
  await person.field(page, "Replicas").fill("4");
  await send(page, "Apply");
  await expect(answer(page, "Deployment")).toContainText("Owned by autoscaler:");
  await expect(answer(page, "Deployment")).toContainText("spec.replicas");
  await expect(person.field(page, "Replicas")).toHaveAccessibleDescription(/autoscaler/);
  expect(await get(["deployment", "shop"], ".spec.replicas")).toBe("5");
  await answer(page, "Deployment").getByRole("button", { name: "Apply and take the fields over" }).click();
  await expect(answer(page, "Deployment")).toContainText("Applied");
  await expect(person.field(page, "Replicas")).not.toHaveAccessibleDescription(/autoscaler/);
  expect(await get(["deployment", "shop"], ".spec.replicas")).toBe("4");
  await refreshed(page, () => expect(objects(page)).toContainText("4 of 4 ready", { timeout: 1000 }));

  // Away with both, after a question.
  await send(page, "Delete", "All documents");
  const question = page.getByRole("dialog");
  await expect(question).toContainText("shop");
  await question.getByRole("button", { name: /^Delete/ }).click();
  await expect(answer(page, "Deployment")).toContainText("Deleted");
  await expect(answer(page, "Service")).toContainText("Deleted");
  await refreshed(page, () => expect(objects(page).getByText("Not in the cluster")).toHaveCount(2, { timeout: 1000 }));
  await expect(get(["service", "shop"], ".metadata.name")).rejects.toThrow(/NotFound/);

  // A Job that runs a script from a ConfigMap.
  await person.toGallery(page);
  await page.getByRole("button", { name: /Run a Python script/ }).click();
  await person.line(page, "report", "Job").click();
  await toCluster(page);
  for (const kind of ["Job", "ConfigMap"]) {
    await person.line(page, /^report/, kind).click();
    await send(page, "Apply");
    await expect(answer(page, kind)).toContainText("Created");
  }
  await refreshed(page, () => expect(objects(page)).toContainText("Complete: 1 of 1 succeeded", { timeout: 1000 }));
  expect(await get(["configmap", "report-script"], ".data.report\\.py")).toContain("import datetime");
  await expectAccessible(page);
});

test("what the server says of an unknown field stands at that field", async ({ page, studio }) => {
  studio.allow(/status of 400/);
  await page.open();
  await person.paste(page, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: strict\nspec:\n  containers:\n    - name: a\n      image: nginx:1.29\n      imagee: x\n");
  await toCluster(page);
  await send(page, "Dry run");
  await expect(answer(page, "Pod")).toContainText("The server does not know this field");
  await expect(answer(page, "Pod")).toContainText("spec.containers[0].imagee");
});

test("a namespace that does not exist is said in words, and one of the workspace comes first", async ({ page, cluster, studio }) => {
  studio.allow(/status of 404/);
  await page.open();
  const config = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  namespace: late\n";
  await person.paste(page, config);
  await toCluster(page);
  await send(page, "Apply");
  await expect(answer(page, "ConfigMap")).toContainText("The namespace “late” does not exist.");
  await person.cursorAfter(page, "namespace: late");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Home");
  await page.keyboard.type("---\napiVersion: v1\nkind: Namespace\nmetadata:\nname: late");
  await page.keyboard.press("Home");
  await page.keyboard.type("  ");
  await expect(person.line(page, "late", "Namespace")).toBeVisible();
  await send(page, "Apply", "All documents");
  await expect(answer(page, "Namespace")).toContainText("Created");
  await expect(answer(page, "ConfigMap")).toContainText("Created");
  expect(await cluster.kubectl("-n", "late", "get", "configmap", "a", "-o", "name")).toContain("configmap/a");
});

test("a user who may not is told so in words", async ({ browser, cluster }) => {
  const dist = process.env.STUDIO_DIST ?? join(import.meta.dirname, "../../../dist");
  const args = [`--kubeconfig=${cluster.viewerKubeconfig}`, "proxy", "--port=0", `--www=${dist}`, "--www-prefix=/studio/"];
  const proxy = spawn(cluster.kubectlPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const said = await new Promise((resolve, reject) => {
      createInterface({ input: proxy.stdout }).once("line", resolve);
      proxy.once("error", reject);
    });
    const origin = `http://${/127\.0\.0\.1:\d+/.exec(said)[0]}`;
    const context = await browser.newContext({ locale: "en-US" });
    const { faults, allow } = watch(context, origin);
    allow(/status of 403/);
    const page = await context.newPage();
    await page.goto(`${origin}/studio/`);
    await expect(page.getByRole("banner").getByRole("button", { name: `Cluster ${cluster.version}` })).toBeVisible();
    await person.paste(page, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
    await toCluster(page);
    await expect(panel(page)).toContainText("as viewer");
    await send(page, "Apply");
    await expect(answer(page, "ConfigMap")).toContainText("You lack the permission for this");
    await expect(answer(page, "ConfigMap")).toContainText("viewer");
    expect(faults).toEqual([]);
    await context.close();
  } finally {
    proxy.kill();
  }
});
