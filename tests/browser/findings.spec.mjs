// Point 10: what is wrong, for the version chosen, in plain words, at its line and its field, with what mends it.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const pod = (spec) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n${spec}  containers:\n    - name: web\n      image: nginx:1.29\n`;
const { DEPLOYMENT } = person;

const problem = (page, text) => person.problems(page).getByRole("listitem").filter({ hasText: text });

/** The finding stands in the panel with its line and field, and at its line in the text. */
async function expectProblem(page, { says, line, field, marked }) {
  const row = problem(page, says);
  await expect(row).toBeVisible();
  await expect(row.getByRole("button", { name: new RegExp(`· line ${line}$`) })).toBeVisible();
  if (field) await expect(row.getByText(field, { exact: true })).toBeVisible();
  if (marked) await expect(person.editor(page).locator(".cm-lintRange", { hasText: marked }).first()).toBeVisible();
}

test("a misspelt field is named with the likely one, and mended by a button", async ({ page }) => {
  const text = DEPLOYMENT.replace("  selector:", "  replica: 3\n  selector:");
  await person.begin(page, text);
  await expectProblem(page, { says: t("check.decode.unknown_nearest", { type: "DeploymentSpec", key: "replica", meant: "replicas" }), line: 6, field: "spec.replica", marked: "replica" });
  // Its place in the form is where the fields are that no layout names.
  await problem(page, "no field replica").getByRole("button", { name: /· line 6$/ }).click();
  await expect(person.form(page).getByText("DeploymentSpec has no field replica.")).toBeVisible();
  await problem(page, "no field replica").getByRole("button", { name: "Rename to replicas" }).click();
  await person.expectText(page, text.replace("replica:", "replicas:"));
  await expect(person.problems(page)).toContainText("No problems.");
  await person.section(page, "Essentials");
  await expect(person.field(page, "Replicas")).toHaveValue("3");
  await page.getByRole("button", { name: "Undo" }).click();
  await person.expectText(page, text);
});

test("wrong types and missing fields are said at their field of the form", async ({ page }) => {
  const text = DEPLOYMENT.replace("  selector:\n    matchLabels:\n      app: web\n", '  replicas: "three"\n');
  await person.begin(page, text);
  await expectProblem(page, { says: "replicas takes a whole number", line: 6, field: "spec.replicas", marked: '"three"' });
  await expect(problem(page, "selector is missing")).toBeVisible();
  const replicas = person.field(page, "Replicas");
  await expect(replicas).toHaveAttribute("aria-invalid", "true");
  await expect(replicas).toHaveAccessibleDescription(/takes a whole number/);
  await replicas.fill("3");
  await expect(replicas).not.toHaveAttribute("aria-invalid", "true");
  await expect(problem(page, "takes a whole number")).toHaveCount(0);
});

test("a key that stands twice is said with the line of the other", async ({ page }) => {
  await person.begin(page, pod("  nodeName: a\n  nodeName: b\n"));
  await expectProblem(page, { says: t("check.yaml.duplicate_key", { key: "nodeName", line: 6 }), line: 7, marked: "nodeName" });
});

test("what Kubernetes reads otherwise than it looks is pointed out", async ({ page }) => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    mode: 0777
    many: 1e3
    yes: "1"
data:
  debug: yes
  on: "x"
...
this: is dropped
`;
  await person.begin(page, text);
  await expectProblem(page, { says: "Kubernetes reads yes as true", line: 10, field: "data.debug" });
  await expectProblem(page, { says: "Kubernetes reads 0777 as the number 511", line: 6 });
  await expectProblem(page, { says: "Kubernetes reads 1e3 as the number 1000", line: 7 });
  await expectProblem(page, { says: 'Kubernetes reads the key on as "true"', line: 11 });
  await expectProblem(page, { says: t("check.yaml.dropped"), line: 13 });
});

test("every version has its own truth, and the choice is kept", async ({ page }) => {
  // hostnameOverride came with 1.34.
  await person.begin(page, pod("  hostnameOverride: db\n"));
  await expect(person.problems(page)).toContainText("No problems.");
  await person.choose(page, /^Kubernetes 1\./, "Kubernetes 1.33");
  await expectProblem(page, { says: t("check.decode.unknown_since", { key: "hostnameOverride", since: "1.34", version: "1.33", type: "PodSpec" }), line: 6, field: "spec.hostnameOverride" });
  await page.reload();
  await expect(problem(page, "came with Kubernetes 1.34")).toBeVisible();
  for (const version of ["1.34", "1.35", "1.36", "1.37"]) {
    await person.choose(page, /^Kubernetes 1\./, `Kubernetes ${version}`);
    await expect(person.problems(page)).toContainText("No problems.");
  }
});

test("from a problem to its place: the line in the text, the field in the form", async ({ page }) => {
  await person.begin(page, `${DEPLOYMENT}---\n${pod("  terminationGracePeriodSeconds: soon\n")}`);
  await problem(page, "terminationGracePeriodSeconds takes").getByRole("button", { name: /· line \d+$/ }).click();
  await expect(person.line(page, "web", "Pod")).toHaveAttribute("aria-selected", "true");
  const grace = person.field(page, "Grace period");
  await expect(grace).toBeVisible();
  await expect(grace).toHaveAttribute("aria-invalid", "true");
  await expect(person.editor(page).locator(".cm-lintRange-error", { hasText: "soon" })).toBeVisible();
});

test("from a problem to a file that is not shown, with its marks", async ({ page }) => {
  await page.open();
  await person.pick(page, { name: "first.yaml", text: DEPLOYMENT }, { name: "second.yaml", text: pod("  terminationGracePeriodSeconds: soon\n") });
  await person.line(page, "first.yaml").click();
  await expect(person.editor(page)).toContainText("kind: Deployment");
  await problem(page, "terminationGracePeriodSeconds takes").getByRole("button", { name: /· line \d+$/ }).click();
  await expect(person.editor(page).locator(".cm-lintRange-error", { hasText: "soon" })).toBeVisible();
});

test("marks go along with a document that is moved, and back", async ({ page }) => {
  const wrong = DEPLOYMENT.replace("spec:\n", "spec:\n  replica: 3\n");
  await person.begin(page, `${wrong}---\n${pod("  terminationGracePeriodSeconds: soon\n").replace("name: web", "name: first")}`);
  const expectMarks = async () => {
    for (const hasText of ["replica", "soon"]) await expect(person.editor(page).locator(".cm-lintRange-error", { hasText })).toBeVisible();
  };
  await expectMarks();
  await person.fromMenu(page, "first", t("ui.move_up"));
  await expect(person.editor(page).locator(".cm-line", { hasText: "kind:" }).first()).toHaveText("kind: Pod");
  await expectMarks();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(person.editor(page).locator(".cm-line", { hasText: "kind:" }).first()).toHaveText("kind: Deployment");
  await expectMarks();
});

test("the list can be narrowed, and is empty when nothing is wrong", async ({ page }) => {
  await person.begin(page, pod("  nodeNam: a\n").replace("name: web\nspec", "name: web\n  labels:\n    a: yes\nspec"));
  await expect(problem(page, "nodeNam")).toBeVisible();
  await page.getByRole("button", { name: "Warnings" }).click();
  await expect(problem(page, "nodeNam")).toHaveCount(0);
  await page.getByRole("button", { name: "Errors" }).click();
  await expect(problem(page, "nodeNam")).toBeVisible();
});

test("a checker that hangs is replaced, and typing goes on", async ({ page }) => {
  // The worker is real; what it is asked never comes back, as if a document had it run forever.
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    let held = true;
    Worker.prototype.postMessage = function (...given) {
      if (held && JSON.stringify(given[0]).includes("hang-here")) return;
      post.apply(this, given);
    };
    globalThis.release = () => (held = false);
  });
  await page.open();
  await person.pick(page, { name: "a.yaml", text: pod("") }, { name: "b.yaml", text: pod("").replace("name: web\nspec", "name: hang-here\nspec") });
  await expect(person.messages(page)).toContainText(t("notice.analyst_hung", { name: "Pod hang-here" }), { timeout: 30_000 });
  await person.line(page, "web", "Pod").click();
  await person.field(page, "Name").fill("still");
  await expect(person.line(page, "still", "Pod").getByText("No problems", { exact: true })).toBeAttached();
});
