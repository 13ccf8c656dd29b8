// Point 8: what was typed is still there tomorrow; several workspaces, two tabs, no room, no storage.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const service = (name) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  clusterIP: "None"\n  ports:\n    - port: 80\n`;

const workspaceMenu = (page) => page.getByRole("banner").getByRole("button", { name: /^Workspace / });

async function manage(page) {
  await workspaceMenu(page).click();
  await page.getByRole("menuitem", { name: "Manage workspaces…" }).click();
  return page.getByRole("dialog", { name: "Workspaces" });
}

test("a reload in the middle of typing loses nothing", async ({ page }) => {
  await person.begin(page, service("one"));
  await person.cursorAfter(page, 'clusterIP: "None"');
  let typed = "";
  for (const words of [" # the first round", " of typing without", " a pause anywhere"]) {
    await page.keyboard.type(words);
    typed += words;
    await page.reload();
    await person.expectText(page, service("one").replace('"None"', `"None"${typed}`));
    await person.cursorAfter(page, 'clusterIP: "None"');
  }
  await person.section(page, "Essentials");
  await person.field(page, "Name").press("End");
  await page.keyboard.type("-of-many");
  await page.reload();
  await expect(person.field(page, "Name")).toHaveValue("one-of-many");
  await person.expectText(page, service("one-of-many").replace('"None"', `"None"${typed}`));
});

test("the version, the place and the folded files come back too", async ({ page }) => {
  await person.begin(page, `${service("one")}---\n${service("two")}`);
  await person.choose(page, /^Kubernetes 1\./, "Kubernetes 1.34");
  await person.line(page, "two", "Service").click();
  await expect(person.field(page, "Name")).toHaveValue("two");
  await page.reload();
  await expect(page.getByRole("banner").getByRole("button", { name: "Kubernetes 1.34" })).toBeVisible();
  await expect(person.field(page, "Name")).toHaveValue("two");
});

/** Whether the browser's storage has a key with that name in it. */
const holds = (page, name) =>
  page.evaluate(async (name) => {
    const done = (request) => new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: () => reject(request.error) }));
    let found = false;
    for (const { name: file } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(file));
      for (const store of database.objectStoreNames) {
        const keys = await done(database.transaction(store).objectStore(store).getAllKeys());
        found ||= JSON.stringify(keys).includes(name);
      }
      database.close();
    }
    return found;
  }, name);

test("several workspaces by name: made, shown, renamed, deleted", async ({ page }) => {
  await person.begin(page, service("one"));
  let dialog = await manage(page);
  await dialog.getByLabel("Name of this workspace").fill("first");
  await dialog.getByRole("button", { name: "Rename" }).click();
  await expect(workspaceMenu(page)).toHaveAccessibleName("Workspace first");
  dialog = await manage(page);
  await dialog.getByLabel("New workspace").fill("第二");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(workspaceMenu(page)).toHaveAccessibleName("Workspace 第二");
  await expect(person.line(page, "one")).toHaveCount(0);
  await page.getByRole("group", { name: "Start empty" }).getByRole("button", { name: "Pod" }).click();
  await expect(person.line(page, "pod", "Pod")).toBeVisible();
  await page.reload();
  await expect(person.line(page, "pod", "Pod")).toBeVisible();
  await workspaceMenu(page).click();
  await page.getByRole("menuitemradio", { name: "first" }).click();
  await expect(person.line(page, "one", "Service")).toBeVisible();
  expect(await holds(page, "第二")).toBe(true);
  dialog = await manage(page);
  await dialog.getByRole("button", { name: "Delete the workspace 第二" }).click();
  await page.getByRole("dialog", { name: "Delete the workspace 第二?" }).getByRole("button", { name: "Delete the workspace", exact: true }).click();
  // A reload in the same moment would leave it there.
  await expect.poll(() => holds(page, "第二")).toBe(false);
  await page.reload();
  await expect(person.line(page, "one", "Service")).toBeVisible();
  await workspaceMenu(page).click();
  await expect(page.getByRole("menuitemradio")).toHaveText(["first"]);
});

test("an address leads to its place in its workspace", async ({ page }) => {
  await person.begin(page, `${service("one")}---\n${service("two")}`);
  await person.line(page, "two", "Service").click();
  await expect(page).toHaveURL(/#\/w\/.+\/test\.yaml\/2$/);
  const address = page.url();
  await person.line(page, "one", "Service").click();
  await page.goto("about:blank");
  await page.goto(address);
  await expect(person.field(page, "Name")).toHaveValue("two");
});

test("two tabs on one workspace notice each other, and each shows what the other does", async ({ page, context, studio }) => {
  await person.begin(page, service("one"));
  const other = await context.newPage();
  await other.goto(studio.url);
  await expect(person.line(other, "one", "Service")).toBeVisible();
  await expect(person.messages(page)).toContainText(t("notice.another_tab"));
  await expect(person.messages(other)).toContainText(t("notice.another_tab"));
  await person.field(page, "Name").fill("from-the-first");
  await expect(person.line(other, "from-the-first", "Service")).toBeVisible();
  await person.expectText(other, service("from-the-first"));
  await person.field(other, "Name").fill("from-the-second");
  await person.expectText(page, service("from-the-second"));
});

test("two tabs that write at the same time overwrite nothing", async ({ page, context, studio }) => {
  // The tabs do not hear each other: what the storage itself says is all that is left.
  await context.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
  });
  await person.begin(page, service("one"));
  const other = await context.newPage();
  await other.goto(studio.url);
  await expect(person.line(other, "one", "Service")).toBeVisible();
  await person.field(page, "Name").fill("mine");
  await expect(person.line(page, "mine")).toBeVisible();
  await person.field(other, "Name").fill("theirs");
  await expect(person.messages(other)).toContainText("Nothing was overwritten");
  await person.expectText(page, service("mine"));
  await person.expectText(other, service("theirs"));
  await page.reload();
  await person.expectText(page, service("theirs")).catch(() => person.expectText(page, service("mine")));
  // Both are kept, each under a name of its own.
  const kept = new Set();
  for (const name of await menuNames(page)) {
    await workspaceMenu(page).click();
    await page.getByRole("menuitemradio", { name, exact: true }).click();
    await expect(workspaceMenu(page)).toHaveAccessibleName(`Workspace ${name}`);
    await expect.poll(() => person.shownText(page)).toMatch(/name: (mine|theirs)/);
    kept.add((await person.shownText(page)).match(/name: (\w+)/)[1]);
  }
  expect([...kept].sort()).toEqual(["mine", "theirs"]);
});

async function menuNames(page) {
  await workspaceMenu(page).click();
  const names = await page.getByRole("menuitemradio").allInnerTexts();
  await page.keyboard.press("Escape");
  return names.map((name) => name.trim());
}

test("a full quota is said at once, nothing typed is lost, and with room again it is saved by itself", async ({ page, context, studio }) => {
  const browser = await context.newCDPSession(page);
  const room = (quotaSize) => browser.send("Storage.overrideQuotaForOrigin", { origin: studio.origin, quotaSize });
  // Before the page's first write: Chromium looks only twice a minute whether a quota has shrunk.
  await room(200_000);
  await person.begin(page, service("one"));
  const banner = page.getByRole("banner");
  const long = `# 长文 ${"of many words ".repeat(30_000)}\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: long\n`;
  await person.line(page, "test.yaml").click();
  await expect(banner).not.toContainText(t("ui.not_kept"));
  await person.toGallery(page);
  await person.pick(page, { name: "long.yaml", text: long });
  await expect(person.messages(page)).toContainText(t("notice.quota"));
  await expect(banner).toContainText(t("ui.not_kept"));

  // In the text and in the form, letter by letter, and back and forth in the history: the screen follows.
  await person.line(page, "one", "Service").click();
  await person.cursorAfter(page, 'clusterIP: "None"');
  let text = service("one");
  for (const letter of " # still here") {
    await page.keyboard.type(letter);
    text = text.replace(/("None".*)/, `$1${letter}`);
    await person.expectText(page, text);
  }
  await person.section(page, "Essentials");
  await person.field(page, "Name").press("End");
  for (const letter of "-more") {
    await page.keyboard.type(letter);
    text = text.replace(/(name: one.*)/, `$1${letter}`);
    await person.expectText(page, text);
    await expect(person.field(page, "Name")).toHaveValue(/name: (.*)/.exec(text)[1]);
  }
  await page.keyboard.press("Control+z");
  await expect(person.field(page, "Name")).not.toHaveValue("one-more");
  await page.keyboard.press("Control+y");
  await person.expectText(page, text);
  await person.expectFile(page, text);
  await expect(banner).toContainText(t("ui.not_kept"));
  const messages = person.messages(page);
  expect((await messages.innerText()).split(t("notice.quota")).length, "said once").toBe(2);
  await expect(messages.getByRole("button", { name: "Download all" })).toBeVisible();
  const zip = await person.download(page, person.textSide(page).getByRole("button", { name: "Download all" }));
  expect(person.unzip(zip.bytes)).toEqual({ "test.yaml": text, "long.yaml": long });

  // Somebody makes room; nothing is to be done here.
  await room();
  await expect(messages).toContainText(t("notice.kept_again"));
  await expect(messages).not.toContainText(t("notice.quota"));
  await expect(banner).not.toContainText(t("ui.not_kept"));
  await page.reload();
  await person.line(page, "one-more", "Service").click();
  await person.expectText(page, text);
  await person.line(page, "long", "ConfigMap").click();
  await person.expectFile(page, long);
});

test("without IndexedDB the page works and says that nothing is kept", async ({ page }) => {
  // Stubbed: Chromium gives every origin an IndexedDB as long as its profile can be written.
  await page.addInitScript(() => Object.defineProperty(globalThis, "indexedDB", { get: () => null }));
  await person.begin(page, service("one"));
  await expect(person.messages(page)).toContainText(t("notice.no_storage"));
  await expect(page.getByRole("banner")).toContainText("Not saved");
  await person.field(page, "Name").fill("two");
  await person.expectText(page, service("two"));
  const zip = await person.download(page, person.messages(page).getByRole("button", { name: "Download all" }));
  expect(person.unzip(zip.bytes)).toEqual({ "test.yaml": service("two") });
});

test("values of Secrets are not kept, and asked for again", async ({ page }) => {
  const secret = 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: "hunter2"\n';
  await person.begin(page, secret);
  await expect(person.line(page, "db", "Secret")).toBeVisible();
  await person.cursorAfter(page, "name: db");
  await page.keyboard.type("2");
  await person.expectText(page, secret.replace("name: db", "name: db2"));
  await page.reload();
  await expect(person.messages(page)).toContainText(t("notice.secrets_withheld", { n: 1 }));
  await expect.poll(() => person.shownText(page)).toContain("password: ");
  expect(await person.shownText(page)).toContain("name: db2");
  expect(await person.shownText(page)).not.toContain("hunter2");
  const kept = await page.evaluate(async () => {
    const opened = indexedDB.open("manifest-studio");
    const database = await new Promise((resolve) => (opened.onsuccess = () => resolve(opened.result)));
    const all = (name) =>
      new Promise((resolve) => {
        const asked = database.transaction(name).objectStore(name).getAll();
        asked.onsuccess = () => resolve(asked.result);
      });
    return JSON.stringify(await Promise.all([...database.objectStoreNames].map(all))) + JSON.stringify({ ...localStorage });
  });
  // What was looked through is where the text is kept, and the last letter came back from there.
  expect(kept).toContain("name: db");
  expect(kept).not.toContain("hunter2");
});
