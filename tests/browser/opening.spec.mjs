// Point 6: what people have opens: dropped, picked, pasted; YAML, JSON, lists; also what cannot be read as YAML.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web # here\nspec:\n  ports:\n    - port: 80\n";
const POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: one\nspec:\n  containers:\n    - name: one\n      image: nginx:1.29\n";
const JSON_POD = '{"apiVersion": "v1", "kind": "Pod",\n  "metadata": {"name": "from-json"},\n  "spec": {"containers": [{"name": "a", "image": "nginx:1.29"}]}}\n';

/** A folder on the disk with these files in it. */
async function folder(files) {
  const top = await mkdtemp(join(tmpdir(), "studio-"));
  const path = join(top, "shop");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(path, name, ".."), { recursive: true });
    await writeFile(join(path, name), text);
  }
  return { path, away: () => rm(top, { recursive: true }) };
}

const FILES = { "web.yaml": SERVICE, "deep/er/pod.yml": POD, "x.json": JSON_POD, "README.md": "# no manifest", ".git/config.yaml": "a: 1" };

test("files and folders are dropped anywhere on the page", async ({ page }) => {
  const disk = await folder(FILES);
  await page.open();
  await person.drop(page, disk.path);
  await expect(person.line(page, "shop/web.yaml")).toBeVisible();
  await expect(person.line(page, "shop/deep/er/pod.yml")).toBeVisible();
  await expect(person.line(page, "from-json", "Pod")).toBeVisible();
  await expect(person.documents(page).getByText("README.md")).toHaveCount(0);
  await expect(person.documents(page).getByText("config.yaml")).toHaveCount(0);
  // Onto the workspace, too.
  await writeFile(join(disk.path, "late.yaml"), POD.replaceAll("one", "late"));
  await person.drop(page, join(disk.path, "late.yaml"));
  await expect(person.line(page, "late.yaml")).toBeVisible();
  await disk.away();
});

test("a folder is picked", async ({ page }) => {
  const disk = await folder(FILES);
  await page.open();
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a folder…" }).click();
  await (await chooser).setFiles(disk.path);
  await expect(person.line(page, "web", "Service")).toBeVisible();
  await expect(person.line(page, "one", "Pod")).toBeVisible();
  await expect(person.documents(page).getByText("README.md")).toHaveCount(0);
  await disk.away();
});

test("a file with many documents opens to the byte", async ({ page }) => {
  const text = `# above\n---\n${SERVICE}---\n# only a comment\n---\n${POD}...\n`;
  await person.begin(page, text, "many.yaml");
  await expect(person.line(page, "web", "Service")).toBeVisible();
  await expect(person.line(page, "one", "Pod")).toBeVisible();
  await expect(person.documents(page).locator("[aria-level='2']")).toHaveCount(2);
  await person.expectFile(page, text);
});

test("JSON stays JSON under the form", async ({ page }) => {
  await person.begin(page, JSON_POD, "pod.json");
  await person.field(page, "Name").fill("other");
  await person.expectFile(page, JSON_POD.replace("from-json", "other"));
});

test("a List becomes its documents, comments included, and undo brings it back", async ({ page }) => {
  const list = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a # first\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: b\n`;
  await page.open();
  await person.paste(page, list);
  await expect(person.line(page, "a", "ConfigMap")).toBeVisible();
  await expect(person.line(page, "b", "ConfigMap")).toBeVisible();
  await expect(person.messages(page)).toContainText(t("notice.list_split", { n: 2 }));
  await expect.poll(() => person.shownText(page)).toContain("name: a # first");
  await page.getByRole("button", { name: "Undo" }).click();
  await person.expectFile(page, list);
});

test("what is pasted becomes a file named after what is in it", async ({ page }) => {
  await page.open();
  await person.paste(page, SERVICE);
  await expect(person.line(page, "service-web.yaml")).toBeVisible();
  await person.expectText(page, SERVICE);
});

test("a text that is no YAML opens as text with place and reason; the form comes back with the YAML", async ({ page }) => {
  await person.begin(page, SERVICE.replace("kind: Service", "kind: [Service"), "broken.yaml");
  const form = person.form(page);
  await expect(form.getByRole("heading", { name: t("ui.unreadable") })).toBeVisible();
  const why = form.getByRole("listitem").first();
  await expect(why).toContainText("cannot begin here");
  await expect(why.getByRole("button", { name: /^line \d+$/ })).toBeVisible();
  await form.getByRole("button", { name: "Go to the text" }).click();
  await expect(person.editor(page)).toBeFocused();
  await person.cursorAfter(page, "kind: [Service");
  await page.keyboard.type("]");
  await page.keyboard.press("Home");
  await person.cursorAfter(page, "kind: [Service]");
  for (let i = 0; i < "[Service]".length; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("Service");
  await person.section(page, "Essentials");
  await expect(person.field(page, "Name")).toHaveValue("web");
  await person.expectFile(page, SERVICE);
});

test("one unreadable document leaves the others their forms", async ({ page }) => {
  await person.begin(page, `${POD}---\na: b: c\n---\n${SERVICE}`, "mixed.yaml");
  await expect(person.line(page, "web", "Service").getByText("No problems", { exact: true })).toBeAttached();
  await person.line(page, "web", "Service").click();
  await expect(person.field(page, "Name")).toHaveValue("web");
  await person.documents(page).locator("[aria-level='2']").nth(1).click();
  await expect(person.form(page).getByRole("heading", { name: t("ui.unreadable") })).toBeVisible();
});

test("a kind without a form is edited as text beside the others", async ({ page }) => {
  const custom = "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: mine\nspec:\n  size: 3\n";
  await person.begin(page, `${SERVICE}---\n${custom}`, "both.yaml");
  await person.line(page, "mine", "Widget").click();
  await expect(person.form(page)).toContainText("No form for");
  await expect(person.problems(page)).not.toContainText("has no field");
  await person.cursorAfter(page, "size: 3");
  await page.keyboard.type("0");
  await person.expectFile(page, `${SERVICE}---\n${custom.replace("size: 3", "size: 30")}`);
});

test("a file that is open with the same text is not opened twice; another of its name gets its own", async ({ page }) => {
  await person.begin(page, SERVICE, "web.yaml");
  await person.toGallery(page);
  await person.pick(page, { name: "web.yaml", text: SERVICE });
  await expect(person.messages(page)).toContainText(t("notice.already_open", { name: "web.yaml" }));
  await person.pick(page, { name: "web.yaml", text: POD });
  await expect(person.line(page, "web-2.yaml")).toBeVisible();
  await expect(person.messages(page)).toContainText(t("notice.opened_as", { name: "web.yaml", as: "web-2.yaml" }));
});
