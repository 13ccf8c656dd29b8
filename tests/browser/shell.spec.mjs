// The page before and around its contents: shell, security policy, addresses, start-up failures.
import { expect, expectAccessible, LOOKS, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

for (const look of LOOKS) {
  test.describe(`${look.colorScheme}, ${look.locale}`, () => {
    test.use(look);

    test("the first paint needs no script and keeps the language and the theme", async ({ page, studio }) => {
      // The page's code never comes: what is seen then is index.html and boot.js alone.
      await page.route(/\.wasm$/, () => {});
      await page.goto(studio.url, { waitUntil: "domcontentloaded" });
      await expect(page.locator("html")).toHaveAttribute("lang", look.locale === "zh-CN" ? "zh-CN" : "en");
      const headline = await page.getByRole("heading", { level: 1 }).innerText();
      expect(headline).toMatch(look.locale === "zh-CN" ? /\p{Script=Han}/u : /^[ -~]+$/);
      await expect(page.getByRole("banner")).toContainText("Manifest Studio");
      const dark = await page.evaluate(() => document.documentElement.classList.contains("pf-v6-theme-dark"));
      expect(dark).toBe(look.colorScheme === "dark");
      await expectAccessible(page);

      // Started, the page says the same at the same place: nothing jumps.
      const before = await page.getByRole("heading", { level: 1 }).boundingBox();
      await page.unroute(/\.wasm$/);
      await page.reload();
      await expect(page.locator("[data-template]").first()).toBeVisible();
      await expect(page.locator('[data-page="started"]')).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(headline);
      expect(await page.getByRole("heading", { level: 1 }).boundingBox()).toEqual(before);
    });
  });
}

test("a strict security policy is in force", async ({ page, studio }) => {
  await page.open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).not.toContain("'unsafe-eval'");
  studio.allow(/CSP: script-src-elem refused inline/, /CSP: connect-src refused/, /Content Security Policy/, /Refused to/, /Fetch API cannot load/);
  const refused = await page.evaluate(async () => {
    const script = document.createElement("script");
    script.textContent = "window.ran = true";
    document.head.append(script);
    const fetched = await fetch("http://127.0.0.1:9/").then(() => true, () => false);
    return { ran: window.ran === true, fetched };
  });
  expect(refused).toEqual({ ran: false, fetched: false });
});

test("everything comes from the page's own origin, by relative addresses, typed as it must be", async ({ page, studio }) => {
  const asked = [];
  page.on("response", (response) => asked.push(response));
  await page.goto(studio.url, { waitUntil: "networkidle" });
  for (const response of asked) {
    // Of what is not beneath the page it asks only whether a cluster is at its origin.
    const asks = new URL(response.url()).pathname === "/version" && response.url().startsWith(studio.origin);
    expect(asks || response.url().startsWith(studio.url), response.url()).toBe(true);
    expect(response.status(), response.url()).toBeLessThan(400);
    if (response.url().endsWith(".wasm")) expect(response.headers()["content-type"]).toBe("application/wasm");
  }
  expect(asked.some((response) => response.url().endsWith(".wasm"))).toBe(true);
});

test("when the page cannot start it says so", async ({ page, studio }) => {
  studio.allow(/wasm|WebAssembly/i, /Failed to load resource/);
  await page.route(/studio[^/]*\.wasm$/, (route) => route.fulfill({ contentType: "application/wasm", body: "not wasm" }));
  await page.open();
  await expect(page.getByRole("alert")).toContainText("could not start");
});

/** Opens the page with the second half of its code held back; what lets it come. */
async function openFirstHalf(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/_rest\.wasm$/, (route) => held.then(() => route.continue()));
  await page.open();
  await expect(page.locator('[data-page="started"]')).toBeVisible();
  return release;
}

const forced = (page) => page.evaluate(() => globalThis.studioRest.forced);
const EARLY = "what the first half of the code runs is in tools/split/rules.txt as later";

test("a template stands in the workspace with the first half of the code only", async ({ page }) => {
  const release = await openFirstHalf(page);
  await page.locator("[data-template]").first().click();
  await expect(person.line(page, "web", "Deployment")).toBeVisible();
  await expect(person.line(page, "web", "Service")).toBeVisible();
  await expect(page.locator("[data-template]").first()).toBeHidden();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(await forced(page), EARLY).toBe(0);
  release();
  await expect(person.field(page, "Replicas")).toHaveValue("3");
  await expect(page.getByRole("banner").getByRole("button", { name: "No cluster" })).toBeVisible();
  expect(await forced(page), EARLY).toBe(0);
  await person.toGallery(page);
  await expect(page.locator("[data-template]").first()).toBeVisible();
});

test("what else is done in the gallery waits for the second half", async ({ page }) => {
  const release = await openFirstHalf(page);
  const gallery = page.locator("#gallery");
  await gallery.getByRole("button", { name: "Paste YAML" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  expect(await forced(page), EARLY).toBe(0);
  release();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test("files that are opened before the second half is there take the gallery's place at once", async ({ page }) => {
  const release = await openFirstHalf(page);
  await page.locator("#studio-pick-files").setInputFiles({ name: "pod.yaml", mimeType: "text/yaml", buffer: Buffer.from("kind: Pod\napiVersion: v1\nmetadata:\n  name: early\n") });
  const template = page.locator("[data-template]").first();
  await expect(template).toBeHidden();
  expect(await forced(page), EARLY).toBe(0);
  // What changes from here on: the gallery stays out of sight (a class of <html>) until the workspace stands in <main>.
  await page.evaluate(() => {
    globalThis.changed = [];
    new MutationObserver((all) => all.forEach(({ target }) => globalThis.changed.push(target.nodeName))).observe(document, {
      subtree: true,
      attributeFilter: ["class", "hidden"],
    });
  });
  release();
  await expect(person.line(page, "early", "Pod")).toBeVisible();
  const changed = await page.evaluate(() => globalThis.changed);
  expect(changed.indexOf("HTML"), "the gallery was shown again").toBeGreaterThan(changed.indexOf("MAIN"));
  await expect(template).toBeHidden();
});

test("what is pressed before any of the code is there happens when it is", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/\.wasm$/, (route) => held.then(() => route.continue()));
  await page.open();
  const gallery = page.locator("#gallery");
  // A group is shown without any of it.
  await gallery.getByRole("button", { name: "Expose it" }).click();
  await expect(gallery.getByRole("listitem")).toHaveCount(3);
  await gallery.getByRole("button", { name: /^All \d+$/ }).click();
  await gallery.getByRole("button", { name: /Web server Three/ }).focus();
  await page.keyboard.press("Enter");
  await expect(gallery.getByRole("listitem")).toHaveCount(0);
  await expect(page.locator('[data-page="workspace"]')).toHaveCount(0);
  release();
  await expect(person.line(page, "web", "Deployment")).toBeVisible();
  await expect(page.locator("#main"), "the keyboard is where the work is").toBeFocused();
  await expect(person.field(page, "Replicas")).toHaveValue("3");
  await person.toGallery(page);
  await expect(gallery.getByRole("button", { name: /Web server Three/ })).toBeVisible();
});

test("a function of the second half that is called before it came brings it", async ({ page }) => {
  // The page asks for it in its own time with fetch, which here never ends; brought at once it is another request.
  await page.route(/_rest\.wasm$/, (route) => (route.request().resourceType() === "fetch" ? undefined : route.continue()));
  await page.open();
  await expect(page.locator('[data-page="started"]')).toBeVisible();
  // What stands in the table in place of such a function calls this.
  await page.evaluate(() => globalThis.studioRest.restNow());
  await page.locator("[data-template]").first().click();
  await expect(person.field(page, "Replicas")).toHaveValue("3");
  expect(await forced(page)).toBe(1);
});

test("when the second half of the code does not come it says so", async ({ page, studio }) => {
  studio.allow(/_rest\.wasm|WebAssembly/i, /Failed to load resource/);
  await page.route(/_rest\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.open();
  await expect(page.getByRole("alert")).toContainText("could not start");
});
