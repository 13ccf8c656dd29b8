// What a person sees and does on the page, by the names that they read there (static/locales/en.yaml).
// Nothing here knows how the page is made; a test says what should then be on the screen.
import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";
import { expect } from "./studio.mjs";
import { t } from "./words.mjs";

/** A small manifest with which nothing is wrong. */
export const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.29
`;

export const gallery = (page) => page.getByRole("main");
export const form = (page) => page.getByRole("region", { name: "Form", exact: true });
export const textSide = (page) => page.getByRole("region", { name: "YAML", exact: true });
export const editor = (page) => page.getByRole("textbox", { name: "YAML text" });
export const documents = (page) => page.getByRole("tree", { name: "Documents" });
export const panels = (page) => page.getByRole("region", { name: "Panels" });
export const messages = (page) => page.getByRole("region", { name: "Messages" });
export const problems = (page) => page.getByRole("tabpanel", { name: "Problems" });

/** A control of the form by the name beside it. */
export const field = (page, name, role = "textbox") => form(page).getByRole(role, { name, exact: true });

/** Shows a section of the form: a tab, or in the menu of those that do not fit. */
export async function section(page, name) {
  const tab = form(page).getByRole("tab", { name, includeHidden: true });
  if (await tab.isVisible()) return tab.click();
  await form(page).getByRole("button", { name: t("pane.more_sections") }).click();
  return page.getByRole("menuitemradio", { name }).click();
}

/** The line of a document in the list; of a file when no kind is given. */
export function line(page, name, kind) {
  const lines = documents(page).getByRole("treeitem").filter({ has: page.getByText(name, { exact: true }) });
  return kind ? lines.filter({ has: page.getByText(kind, { exact: true }) }) : lines;
}

/** Something out of the menu of a document, of a file when it is a file's name. */
export async function fromMenu(page, name, choice) {
  const called = name.includes(".yaml") ? t("ui.file_menu", { name }) : t("ui.document_menu", { name });
  const row = documents(page).getByRole("treeitem").filter({ has: page.getByRole("button", { name: called, exact: true }) });
  // The menu is there while the mouse is on the line.
  await row.first().hover();
  await row.first().getByRole("button", { name: called, exact: true }).click();
  await page.getByRole("menu").getByRole("menuitem", { name: choice, exact: true }).click();
}

/** The text on the screen. Whole for texts that fit on it: the editor renders what can be seen. */
export async function shownText(page) {
  const lines = await editor(page).locator(".cm-line").allTextContents();
  return lines.join("\n");
}

export const expectText = (page, text) => expect.poll(() => shownText(page), "the text on the screen").toBe(text);

/** Puts the cursor at the end of the first line that contains `text`. */
export async function cursorAfter(page, text) {
  await editor(page).locator(".cm-line", { hasText: text }).first().click();
  await page.keyboard.press("End");
}

/** From the first screen or any other to the templates. */
export const toGallery = (page) => page.getByRole("banner").getByRole("button", { name: "Manifest Studio" }).click();

/** Files as they come from a disk: a path, or { name, text | bytes }. */
export async function pick(page, ...files) {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open files…" }).click();
  await (await chooser).setFiles(files.map(asFile));
}

const asFile = (file) =>
  typeof file === "string"
    ? file
    : { name: file.name, mimeType: "application/yaml", buffer: Buffer.from(file.bytes ?? file.text) };

/** Into the dialog for pasting, and open it. */
export async function paste(page, text) {
  await page.getByRole("button", { name: "Paste YAML" }).click();
  const dialog = page.getByRole("dialog", { name: "Paste YAML" });
  await dialog.getByRole("textbox").fill(text);
  await dialog.getByRole("button", { name: "Open" }).click();
}

/** Opens the page with this text in a file of its own, and waits until form and text are there. */
export async function begin(page, text, name = "test.yaml") {
  await page.open();
  await pick(page, { name, text });
  await expect(editor(page)).toBeVisible();
}

/** The name and the bytes of what a button gives to the disk. */
export async function download(page, button) {
  const [given] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: given.suggestedFilename(), bytes: await readFile(await given.path()) };
}

/** The bytes of the open file, as they would lie on the disk. */
export async function fileBytes(page) {
  const button = textSide(page).getByRole("button", { name: "Download", exact: true });
  return (await download(page, button)).bytes.toString("utf8");
}

export const expectFile = (page, text) => expect.poll(() => fileBytes(page), "the file's bytes").toBe(text);

/** The entries of a zip, by its central directory. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  const entries = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const from = bytes.readUInt32LE(at + 42);
    const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const data = bytes.subarray(start, start + size);
    const key = bytes.subarray(at + 46, at + 46 + name).toString("utf8");
    entries[key] = (method === 0 ? data : inflateRawSync(data)).toString("utf8");
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** What kubectl would be given: files or folders, dragged onto the page by the browser's own drag and drop. */
export async function drop(page, ...paths) {
  const session = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: width / 2, y: height / 2, data });
  }
  await session.detach();
}

/** Chooses a version, a language, a theme in the masthead. */
export async function choose(page, menu, choice) {
  await page.getByRole("banner").getByRole("button", { name: menu }).click();
  await page.getByRole("menuitemradio", { name: choice, exact: true }).click();
}

/** Presses Tab until this has the focus, as one does without a mouse. */
export async function tabTo(page, target, key = "Tab") {
  const has = () => target.evaluate((node) => node === document.activeElement);
  for (let pressed = 0; pressed < 80; pressed++) {
    await page.keyboard.press(key);
    if (await has()) return;
  }
  throw new Error(`80 times ${key} do not lead to ${target}`);
}
