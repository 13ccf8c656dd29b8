// Point 5: several documents and files; order, names, copies; what is wrong with each.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const service = (name) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  ports:\n    - port: 80\n`;
const THREE = `# first\n${service("one")}---\n# second\n${service("two")}---\n${service("three")}`;

const names = (page) =>
  person.documents(page).getByRole("treeitem").evaluateAll((rows) =>
    rows.filter((row) => row.getAttribute("aria-level") === "2").map((row) => row.querySelector(".studio-line__name").textContent),
  );
const expectNames = (page, wanted) => expect.poll(() => names(page)).toEqual(wanted);

test("a resource is added to the open file or to one of its own", async ({ page }) => {
  await person.begin(page, service("one"), "shop.yaml");
  const add = page.getByRole("navigation", { name: "Documents" }).getByRole("button", { name: "Add resource" });
  const dialog = page.getByRole("dialog", { name: "Add resource" });
  await add.click();
  await dialog.getByRole("combobox", { name: "Kind or template" }).fill("cronj");
  await dialog.getByRole("option", { name: /CronJob/ }).click();
  await expect(person.line(page, "cronjob", "CronJob")).toBeVisible();
  await person.expectText(page, `${service("one")}---\napiVersion: batch/v1\nkind: CronJob\nmetadata:\n  name: cronjob\n`);
  await add.click();
  await dialog.getByLabel("Add to").selectOption("A new file");
  await dialog.getByRole("combobox", { name: "Kind or template" }).fill("secret");
  await page.keyboard.press("Enter");
  await expect(person.line(page, "secret.yaml")).toBeVisible();
  await person.expectText(page, "apiVersion: v1\nkind: Secret\nmetadata:\n  name: secret\n");
});

test("documents change places with what belongs to them, by menu and by keyboard", async ({ page }) => {
  await person.begin(page, THREE);
  await expectNames(page, ["one", "two", "three"]);
  await person.fromMenu(page, "two", "Move up");
  await expectNames(page, ["two", "one", "three"]);
  await person.expectFile(page, `# second\n${service("two")}---\n# first\n${service("one")}---\n${service("three")}`);
  await person.line(page, "three").click();
  await person.documents(page).press("Alt+ArrowUp");
  await expectNames(page, ["two", "three", "one"]);
  await person.documents(page).press("Alt+ArrowUp");
  await expectNames(page, ["three", "two", "one"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await person.expectFile(page, THREE);
});

test("a document is copied under another name, removed, and put into a file of its own", async ({ page }) => {
  await person.begin(page, THREE, "all.yaml");
  await person.fromMenu(page, "one", "Duplicate");
  await expectNames(page, ["one", "one-2", "two", "three"]);
  await person.fromMenu(page, "two", "Remove");
  await expectNames(page, ["one", "one-2", "three"]);
  await expect(person.messages(page)).toContainText(t("notice.removed", { name: "Service two" }));
  await person.fromMenu(page, "three", "Move to a new file");
  await expect(person.documents(page).getByRole("treeitem").filter({ hasText: ".yaml" })).toHaveCount(2);
  await person.line(page, "three").click();
  await person.expectFile(page, service("three"));
});

test("files are renamed, copied, moved and removed", async ({ page }) => {
  await page.open();
  await person.pick(page, { name: "a.yaml", text: service("one") }, { name: "b.yaml", text: service("two") });
  const files = () =>
    person.documents(page).locator("[aria-level='1'] .studio-line__name").allTextContents();
  await expect.poll(files).toEqual(["a.yaml", "b.yaml"]);
  await person.fromMenu(page, "a.yaml", "Rename");
  const dialog = page.getByRole("dialog", { name: "Rename the file" });
  await dialog.getByRole("textbox").fill("base/first.yaml");
  await page.keyboard.press("Enter");
  await expect.poll(files).toEqual(["base/first.yaml", "b.yaml"]);
  await person.fromMenu(page, "b.yaml", "Move up");
  await expect.poll(files).toEqual(["b.yaml", "base/first.yaml"]);
  await person.fromMenu(page, "b.yaml", "Duplicate");
  await expect.poll(files).toEqual(["b.yaml", "b-2.yaml", "base/first.yaml"]);
  await person.fromMenu(page, "b.yaml", "Remove");
  await expect.poll(files).toEqual(["b-2.yaml", "base/first.yaml"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(files).toEqual(["b.yaml", "b-2.yaml", "base/first.yaml"]);
});

test("the list says how many problems each has, and which have a double", async ({ page }) => {
  await person.begin(page, `${service("one")}---\n${service("one").replace("port:", "prot:")}---\n${service("two")}`, "shop.yaml");
  const rows = person.documents(page).locator("[aria-level='2']");
  await expect(rows.nth(0)).toContainText("1 warning");
  await expect(rows.nth(1)).toContainText(/[12] errors?.*1 warning/);
  await expect(rows.nth(2)).toContainText("No problems");
  await expect(person.problems(page)).toContainText(t("studio.double", { name: "Service one", file: "shop.yaml" }));
  await rows.nth(1).click();
  await person.field(page, "Name").fill("three");
  await expect(rows.nth(0)).toContainText("No problems");
  await expect(person.problems(page)).not.toContainText("same kind and name");
});

test("the same name in two files is pointed out with the other file's name", async ({ page }) => {
  await page.open();
  await person.pick(page, { name: "a.yaml", text: service("one") }, { name: "b.yaml", text: service("one") });
  await expect(person.problems(page).getByText(t("studio.double", { name: "Service one", file: "b.yaml" }))).toBeVisible();
  await expect(person.problems(page).getByText(t("studio.double", { name: "Service one", file: "a.yaml" }))).toBeVisible();
});

test("three thousand documents are listed, found and edited", async ({ page }) => {
  const many = Array.from({ length: 3000 }, (_, i) => service(`item-${i}`)).join("---\n");
  await person.begin(page, many, "many.yaml");
  await expect(person.line(page, "item-0")).toBeVisible();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search or run" });
  await palette.getByRole("combobox").fill("item-2987");
  await page.keyboard.press("Enter");
  await expect(person.line(page, "item-2987")).toBeVisible();
  await person.field(page, "Name").fill("changed");
  await expect(person.line(page, "changed")).toBeVisible();
  await person.expectFile(page, many.replace("name: item-2987\n", "name: changed\n"));
});
