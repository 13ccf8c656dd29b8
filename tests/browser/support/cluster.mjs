// What the tests with a real cluster use in place of @playwright/test:
//   import { test, expect } from "../support/cluster.mjs";
// One control plane for the whole run; the studio is served by its kubectl proxy, as a person has it.
// `cluster` is the JSON line of `cluster up` (tests/cluster/README.md) and `kubectl(...args)`, the other person; the
// program itself is `kubectlPath`.
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { expect, test as base } from "./studio.mjs";

export { expect };
export { expectAccessible } from "./studio.mjs";

const ROOT = join(import.meta.dirname, "../../..");
const DIST = process.env.STUDIO_DIST ?? join(ROOT, "dist");
const run = promisify(execFile);

async function up() {
  const child = spawn(join(process.env.STUDIO_CLUSTER, "cluster"), ["up", "--dist", DIST, "--nodes", "2"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (data) => (said = (said + data).slice(-8000)));
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const line = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`cluster up ended with ${code}:\n${said}`)));
  });
  const down = async () => {
    child.stdin.end(); // the agreed way: it ends everything it started
    await ended;
  };
  return { info: JSON.parse(line), down };
}

export const test = base.extend({
  cluster: [
    async ({}, use) => {
      const { info, down } = await up();
      const kubectl = async (...args) => {
        const { stdout } = await run(info.kubectl, [`--kubeconfig=${info.kubeconfig}`, ...args], { encoding: "utf8" });
        return stdout;
      };
      await use({ ...info, kubectl, kubectlPath: info.kubectl });
      await down();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  // In place of the static server: the address that kubectl proxy serves.
  server: [({ cluster }, use) => use({ origin: new URL(cluster.url).origin, url: cluster.url }), { scope: "worker" }],
});
