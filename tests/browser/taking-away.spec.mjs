// Point 7: copies and downloads are the text on the screen.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

const config = (name) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name} # ${name}\n`;
const TWO = `# first\r\n${config("one").replaceAll("\n", "\r\n")}---\r\n${config("two").replaceAll("\n", "\r\n")}`;

const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

test("the file, one document and everything are copied as they are on the screen", async ({ page, context, studio }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: studio.origin });
  await page.open();
  await person.pick(page, { name: "a.yaml", text: TWO }, { name: "b.yaml", text: config("three") });
  await person.line(page, "two", "ConfigMap").click();
  const side = person.textSide(page);
  await side.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(person.messages(page)).toContainText("Copied.");
  expect(await clipboard(page)).toBe(TWO);
  await person.fromMenu(page, "two", "Copy");
  await expect.poll(() => clipboard(page)).toBe(config("two").replaceAll("\n", "\r\n"));
  await side.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Copy all files" }).click();
  await expect.poll(() => clipboard(page)).toContain(config("three"));
  const all = await clipboard(page);
  expect(all.startsWith(TWO)).toBe(true);
  expect(all.slice(TWO.length)).toMatch(/^---\r?\n/);
});

test("one file is downloaded to the byte, all of them as a zip with their folders", async ({ page }) => {
  await page.open();
  await person.pick(page, { name: "a.yaml", text: TWO }, { name: "b.yaml", text: config("three") });
  await person.line(page, "one", "ConfigMap").click();
  await expect(person.editor(page)).toContainText("name: one");
  const side = person.textSide(page);
  const file = await person.download(page, side.getByRole("button", { name: "Download", exact: true }));
  expect(file.name).toBe("a.yaml");
  expect(file.bytes.toString("utf8")).toBe(TWO);
  await person.fromMenu(page, "b.yaml", "Rename");
  await page.getByRole("dialog", { name: "Rename the file" }).getByRole("textbox").fill("深い/b.yaml");
  await page.keyboard.press("Enter");
  await expect(person.line(page, "深い/b.yaml")).toBeVisible();
  const zip = await person.download(page, side.getByRole("button", { name: "Download all files as a zip" }));
  expect(zip.name).toMatch(/\.zip$/);
  expect(person.unzip(zip.bytes)).toEqual({ "a.yaml": TWO, "深い/b.yaml": config("three") });
});

test("when the browser blocks the clipboard, the text can be copied by hand", async ({ page, context, studio }) => {
  const session = await context.newCDPSession(page);
  const { browserContextId } = (await session.send("Target.getTargetInfo")).targetInfo;
  const permission = { name: "clipboard-write", allowWithoutSanitization: false };
  const browser = await context.browser().newBrowserCDPSession();
  await browser.send("Browser.setPermission", { permission, setting: "denied", origin: studio.origin, browserContextId });
  await person.begin(page, TWO);
  await person.textSide(page).getByRole("button", { name: "Copy", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Copy by hand" });
  const text = dialog.getByRole("textbox");
  await expect(text).toHaveValue(TWO.replaceAll("\r\n", "\n"));
  expect(await text.evaluate((node) => node.value.slice(node.selectionStart, node.selectionEnd))).toBe(await text.inputValue());
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});
