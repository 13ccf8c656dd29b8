// Point 11 as a person does it, against a real control plane: make, try, apply, watch, edit, be refused, meet
// another manager, delete; a Job with its script; a user who may not.
import { spawn } from "node:child_process";
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

test("a Job that runs a script from a ConfigMap", async ({ page, cluster }) => {
  await page.open();
  await page.getByRole("button", { name: /Run a Python script/ }).click();
  await expect(person.line(page, "report", "Job")).toBeVisible();
  await toCluster(page);
  await send(page, "Apply", "All documents");
  await expect(answer(page, "ConfigMap")).toContainText("Created");
  await expect(answer(page, "Job")).toContainText("Created");
  await refreshed(page, () => expect(objects(page)).toContainText("Complete: 1 of 1 succeeded", { timeout: 1000 }));
  expect(await cluster.kubectl("get", "configmap", "report-script", "-o", "jsonpath={.data.report\\.py}")).toContain("import datetime");
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
