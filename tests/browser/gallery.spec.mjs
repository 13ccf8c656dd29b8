// Point 2: the first screen, its templates, and the ways to begin.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

const EMPTY = {
  Pod: "apiVersion: v1\nkind: Pod\nmetadata:\n  name: pod\n",
  Deployment: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: deployment\n",
  Service: "apiVersion: v1\nkind: Service\nmetadata:\n  name: service\n",
  Job: "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: job\n",
};

test("every template opens as a commented manifest without a problem", async ({ page }) => {
  await page.open();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What do you want to run?");
  const cards = page.getByRole("main").getByRole("listitem").getByRole("button");
  const count = await cards.count();
  expect(count).toBeGreaterThanOrEqual(14);
  for (let number = 0; number < count; number++) {
    const title = await cards.nth(number).innerText();
    await test.step(title.replaceAll("\n", " "), async () => {
      await cards.nth(number).click();
      const rows = person.documents(page).locator("[aria-level='2']");
      await expect(rows.first()).toBeVisible();
      await expect(rows.getByText("No problems", { exact: true })).toHaveCount(await rows.count());
      await expect(person.editor(page).locator(".cm-line").first()).toHaveText(/^# \S+/);
      await page.getByRole("button", { name: "Undo" }).click();
      await expect(rows).toHaveCount(0);
      await person.toGallery(page);
    });
  }
});

test("a Deployment and its Service come together from the web server", async ({ page }) => {
  await page.open();
  await page.getByRole("button", { name: /Web server Three copies/ }).click();
  await expect(person.line(page, "web", "Deployment")).toBeVisible();
  await expect(person.line(page, "web", "Service")).toBeVisible();
  await expect(person.field(page, "Replicas")).toHaveValue("3");
  await person.line(page, "web", "Service").click();
  await expect(person.form(page).getByRole("heading", { name: "web" })).toBeVisible();
});

test("a group shows its templates only", async ({ page }) => {
  await page.open();
  const main = page.getByRole("main");
  await main.getByRole("button", { name: "Run to completion" }).click();
  await expect(main.getByRole("button", { name: /Indexed Job/ })).toBeVisible();
  await expect(main.getByRole("button", { name: /Web server/ })).toHaveCount(0);
  await main.getByRole("button", { name: /^All \d+$/ }).click();
  await expect(main.getByRole("button", { name: /Web server Three/ })).toBeVisible();
});

for (const [kind, text] of Object.entries(EMPTY)) {
  test(`start empty: ${kind}`, async ({ page }) => {
    await page.open();
    await page.getByRole("group", { name: "Start empty" }).getByRole("button", { name: kind }).click();
    await person.expectText(page, text);
    await expect(person.field(page, "Name")).toHaveValue(kind.toLowerCase());
    await expect(person.line(page, kind.toLowerCase(), kind)).toBeVisible();
  });
}

test("who has been here lands in the workspace and finds the templates again", async ({ page }) => {
  await page.open();
  await page.getByRole("button", { name: /^Pod One Pod|One Pod/ }).click();
  await expect(person.line(page, "hello", "Pod")).toBeVisible();
  await page.goto("about:blank");
  await page.open();
  await expect(person.line(page, "hello", "Pod")).toBeVisible();
  await person.toGallery(page);
  await page.getByRole("button", { name: /^Continue .* \(1 file\)$/ }).click();
  await expect(person.line(page, "hello", "Pod")).toBeVisible();
});
