// The page as kubectl proxy --www serves it: the worker, the wasm and the policy work there too.
import { expect, test } from "../support/cluster.mjs";

test("kubectl proxy serves the page and, at the same origin, the API", async ({ page, cluster }) => {
  await page.open();
  await expect(page.getByRole("banner")).toContainText("Manifest Studio");
  const version = await page.evaluate(async () => (await fetch("/version")).json());
  expect(version.gitVersion).toBe(cluster.version);
  const loader = await page.evaluate(async () => {
    const answer = await fetch(new URL("./analyst_loader.js", document.baseURI));
    return { status: answer.status, type: answer.headers.get("content-type") };
  });
  expect(loader.status).toBe(200);
  expect(loader.type).toContain("javascript");
});
