// Point 11 without a cluster: one quiet line with the command to copy, and everything else works.
// With one: cluster/sending.spec.mjs.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

test("without a cluster the page says so in one line, with the command to copy", async ({ page, context, studio }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: studio.origin });
  await person.begin(page, "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n");
  await expect(page.getByRole("banner").getByRole("button", { name: "No cluster" })).toBeVisible();
  await expect(person.messages(page)).not.toContainText("cluster");
  await person.panels(page).getByRole("tab", { name: "Cluster", exact: true }).click();
  const panel = page.getByRole("tabpanel", { name: "Cluster", exact: true });
  await expect(panel).toContainText("No cluster here.");
  await expect(panel.getByRole("button", { name: "Apply" })).toHaveCount(0);
  await panel.getByRole("button", { name: "Copy" }).click();
  const command = "kubectl proxy --www=dist --www-prefix=/studio/";
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(command);
});

for (const [what, answer] of Object.entries({
  "a page of its own for every address": { contentType: "text/html", body: "<h1>Welcome</h1>" },
  "another program's version": { contentType: "application/json", body: '{"version": "2.1"}' },
  "404, as static hosts do": { status: 404, contentType: "text/html", body: "not found" },
})) {
  test(`a server that is no Kubernetes is not taken for one: ${what}`, async ({ page, studio }) => {
    // Every browser writes a 404 to its console, whoever asked.
    if (answer.status === 404) studio.allow(/status of 404.*\/version/);
    await page.route("**/version*", (route) => route.fulfill(answer));
    await page.open();
    await expect(page.getByRole("banner").getByRole("button", { name: "No cluster" })).toBeVisible();
    await expect(person.messages(page)).toBeEmpty();
  });
}
