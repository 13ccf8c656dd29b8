// Point 9: English and Simplified Chinese, by the browser's language and a switch.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { catalog } from "./support/words.mjs";

const POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      imagee: nginx\n";

const [en, zh] = [catalog("en"), catalog("zh")];
const HAN = /[\u4e00-\u9fff]/;
const foreign = (own, other) => {
  const mine = new Set(own.values());
  const strange = (text) => typeof text === "string" && !mine.has(text) && !text.includes("{") && (own === zh || HAN.test(text));
  return new Set([...other].filter(([id, text]) => id !== "language.name" && strange(text)).map(([, text]) => text));
};

/** Every text that can be seen or is read aloud. */
const texts = (page) =>
  page.evaluate(() => {
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.parentElement.closest("script, style, code, .cm-content, [hidden]")) found.add(node.data.trim());
    }
    for (const element of document.querySelectorAll("[aria-label], [title], [placeholder]")) {
      for (const name of ["aria-label", "title", "placeholder"]) found.add(element.getAttribute(name)?.trim());
    }
    found.delete("");
    return [...found].filter(Boolean);
  });

async function expectOnly(page, own, other, idShape = /^[a-z]+(\.[a-z_]+)+$/) {
  const shown = await texts(page);
  expect(shown.length).toBeGreaterThan(10);
  // What both languages write with the same letters (Pod, YAML) is of neither; each names itself in its own.
  const strangers = foreign(own, other);
  // The names of kinds and of keys are the same in every language, though some are words of English too.
  for (const name of ["Namespace", "Node", "Delete"]) strangers.delete(name);
  expect(shown.filter((text) => strangers.has(text)), "texts of the other language").toEqual([]);
  expect(shown.filter((text) => idShape.test(text) && (own.has(text) || other.has(text))), "ids instead of texts").toEqual([]);
}

/** One look at every screen; `t` is what things are called. */
async function walk(page, t, check) {
  await expect(page.getByRole("heading", { name: t("gallery.title") })).toBeVisible();
  await check();
  await page.getByRole("button", { name: t("gallery.paste") }).click();
  await check();
  const dialog = page.getByRole("dialog", { name: t("gallery.paste") });
  await dialog.getByRole("textbox").fill(POD);
  await dialog.getByRole("button", { name: t("ui.paste_open"), exact: true }).click();
  await expect(page.getByRole("tree", { name: t("ui.documents") }).getByText("1", { exact: true })).toHaveCount(2);
  for (const id of ["panel.problems", "panel.explain", "panel.effective", "panel.cluster", "panel.live"]) {
    await page.getByRole("region", { name: t("ui.panels") }).getByRole("tab", { name: new RegExp(`^${t(id)}( \\d+)?$`) }).click();
    await check();
  }
  const form = page.getByRole("region", { name: t("ui.form"), exact: true });
  for (const tab of await form.getByRole("tab").all()) {
    if (await tab.isVisible()) await tab.click();
    await check();
  }
  for (const [button, title] of [["ui.add_resource", "ui.add_resource"], ["ui.search", "ui.search"], ["ui.keyboard", "ui.keyboard"]]) {
    await page.getByRole("button", { name: t(button), exact: true }).click();
    await expect(page.getByRole("dialog", { name: t(title), exact: true })).toBeVisible();
    await check();
    await page.keyboard.press("Escape");
  }
}

test.describe("a Chinese browser", () => {
  test.use({ locale: "zh-CN" });

  test("sees Chinese on every screen, findings included, and no English", async ({ page }) => {
    await page.open();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await walk(page, (id) => zh.get(id), () => expectOnly(page, zh, en));
    const problems = page.getByRole("region", { name: zh.get("ui.panels") });
    await problems.getByRole("tab", { name: zh.get("panel.problems") }).click();
    await expect(problems).toContainText(/imagee/);
    await expect(problems.getByRole("listitem").filter({ hasText: "imagee" })).toContainText(/[\u4e00-\u9fff]{4}/);
  });
});

test("an English browser sees English on every screen, and no Chinese but the language's own name", async ({ page }) => {
  await page.open();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await walk(page, (id) => en.get(id), () => expectOnly(page, en, zh));
});

test("the switch changes everything at once, text and place stay, and it is remembered", async ({ page }) => {
  await person.begin(page, POD);
  await expect(person.problems(page)).toContainText("has no field imagee");
  await person.field(page, "Name").fill("mine");
  await person.choose(page, "Language", "简体中文");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("tree", { name: zh.get("ui.documents") })).toBeVisible();
  await expect(page.getByRole("tabpanel", { name: zh.get("panel.problems") })).toContainText("imagee");
  await expect(page.getByRole("textbox", { name: zh.get("ui.editor_label") })).toContainText("name: mine");
  await page.reload();
  await expect(page.getByRole("tree", { name: zh.get("ui.documents") })).toBeVisible();
  await page.getByRole("banner").getByRole("button", { name: zh.get("ui.language") }).click();
  await page.getByRole("menuitemradio", { name: "English" }).click();
  await expect(person.documents(page)).toBeVisible();
});
