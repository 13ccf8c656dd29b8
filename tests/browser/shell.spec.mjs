// The page before and around its contents: shell, security policy, addresses, start-up failures.
import { expect, expectAccessible, LOOKS, test } from "./support/studio.mjs";

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

test("the first screen needs the first half of the code only, and a click there waits for the other", async ({ page }) => {
  const template = page.locator("[data-template]").first();
  const forced = () => page.evaluate(() => globalThis.studioRest.forced);
  const workspace = page.locator('[data-page="workspace"]');
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/_rest\.wasm$/, (route) => held.then(() => route.continue()));
  await page.open();
  await expect(template).toBeVisible();
  // All that begins with the page has begun: the workspaces are read. The cluster is asked for with the other half.
  await page.waitForFunction(() => indexedDB.databases().then((all) => all.length > 0));
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  await template.click();
  expect(await forced(), "what the first screen runs is in tools/split/rules.txt as later").toBe(0);
  await expect(workspace).toBeHidden();
  await expect(template).toBeHidden();
  // What changes from here on: the gallery stays out of sight (a class of <html>) until the workspace stands in <main>.
  await page.evaluate(() => {
    globalThis.changed = [];
    new MutationObserver((all) => all.forEach(({ target }) => globalThis.changed.push(target.nodeName))).observe(document, {
      subtree: true,
      attributeFilter: ["class"],
    });
  });
  release();
  await expect(workspace).toBeVisible();
  await expect.poll(() => page.evaluate(() => globalThis.changed)).toContain("HTML");
  const changed = await page.evaluate(() => globalThis.changed);
  expect(changed.indexOf("HTML"), "the gallery was shown again").toBeGreaterThan(changed.indexOf("MAIN"));
  await expect(page.getByRole("banner").getByRole("button", { name: "No cluster" })).toBeVisible();
  expect(await forced()).toBe(0);
  await page.getByRole("banner").getByRole("button", { name: "Manifest Studio" }).click();
  await expect(template).toBeVisible();
});

test("a function of the second half that is called before it came brings it", async ({ page }) => {
  // The page asks for it in its own time with fetch, which here never ends; brought at once it is another request.
  await page.route(/_rest\.wasm$/, (route) => (route.request().resourceType() === "fetch" ? undefined : route.continue()));
  await page.open();
  const template = page.locator("[data-template]").first();
  await expect(template).toBeVisible();
  // What stands in the table in place of such a function calls this.
  await page.evaluate(() => globalThis.studioRest.restNow());
  await template.click();
  await expect(page.locator('[data-page="workspace"]')).toBeVisible();
  expect(await page.evaluate(() => globalThis.studioRest.forced)).toBe(1);
});

test("when the second half of the code does not come it says so", async ({ page, studio }) => {
  studio.allow(/_rest\.wasm|WebAssembly/i, /Failed to load resource/);
  await page.route(/_rest\.wasm$/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.open();
  await expect(page.getByRole("alert")).toContainText("could not start");
});
