// After the page has come, nothing more is needed: no network, no other origin.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

test("everything works without a network once the page is there", async ({ page, context, studio }) => {
  // What the first screen does without comes by itself.
  const rest = ["editor", "analyst_loader", "analyst_bg"].map((name) => page.waitForEvent("requestfinished", (r) => r.url().includes(name)));
  await page.open();
  await Promise.all(rest);
  await page.waitForLoadState("networkidle");
  // The browser itself asks for the icon again.
  studio.allow(/ERR_INTERNET_DISCONNECTED.*icon-\w+\.svg/);
  await context.setOffline(true);
  await page.getByRole("button", { name: /^Deployment Service Web server/ }).click();
  await expect(person.editor(page)).toBeVisible();
  await person.field(page, "Replicas").fill("many");
  await expect(person.problems(page)).toContainText("replicas takes a whole number");
  await person.field(page, "Replicas").fill("4");
  await expect(person.problems(page)).toContainText("No problems.");
  await person.cursorAfter(page, "replicas: 4");
  await page.keyboard.type("0");
  await expect(person.field(page, "Replicas")).toHaveValue("40");
  await person.choose(page, "Language", "简体中文");
  await person.choose(page, "语言", "English");
  expect(await person.fileBytes(page)).toContain("replicas: 40");
});
