// What every browser test uses in place of @playwright/test:
//   import { test, expect, expectAccessible } from "./support/studio.mjs";
// `page` fails its test on what must never happen (a console error, a CSP violation, an uncaught error, a request
// to another origin); `studio` knows the address, under a path prefix of some depth.
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";
import { serve } from "../../../tools/serve.mjs";

export { expect };

const DIST = process.env.STUDIO_DIST ?? join(import.meta.dirname, "../../../dist");
const PREFIX = "/some/where/studio/";

/** Collects what must never happen on a page or on its workers. */
export function watch(context, origin) {
  const faults = [];
  const allowed = [];
  const fault = (text) => {
    if (!allowed.some((pattern) => pattern.test(text))) faults.push(text);
  };
  context.on("console", (message) => {
    if (message.type() === "error") fault(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => fault(`uncaught error: ${error.error()}`));
  const ours = (url) => /^(data|blob|about):/.test(url) || new URL(url).origin === origin;
  context.on("request", (request) => {
    if (!ours(request.url())) fault(`request to another origin: ${request.url()}`);
  });
  context.on("page", (page) => {
    page.on("websocket", (socket) => {
      if (!ours(socket.url().replace(/^ws/, "http"))) fault(`WebSocket to another origin: ${socket.url()}`);
    });
  });
  return { faults, allow: (...patterns) => allowed.push(...patterns) };
}

export const test = base.extend({
  /** One server for each worker process. */
  server: [
    async ({}, use) => {
      const server = await serve({ dir: DIST, prefix: PREFIX });
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],

  /**
   * { url, origin, faults, allow(...patterns), open(hash) }: `allow` names an error that this one test provokes
   * (the server refuses, storage fails) and that the browser itself writes to the console.
   */
  studio: async ({ server, context }, use) => {
    const watched = watch(context, server.origin);
    await context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        console.error(`CSP: ${event.violatedDirective} refused ${event.blockedURI || event.sample}`);
      });
    });
    await use({ url: server.url, origin: server.origin, ...watched });
    expect(watched.faults, "what must never happen").toEqual([]);
  },

  /** Every test is watched, whether it names `studio` or not. */
  page: async ({ page, studio }, use) => {
    await use(Object.assign(page, { open: (hash = "") => page.goto(studio.url + hash) }));
  },
});

/** axe finds nothing, with no rule left out. `within` narrows it to a part. */
export async function expectAccessible(page, within) {
  let axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  if (within) axe = axe.include(within);
  const { violations } = await axe.analyze();
  const said = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((n) => `    ${n.target.join(" ")}: ${n.failureSummary?.split("\n")[1]?.trim()}`).join("\n")}`,
  );
  expect(said, "what axe finds").toEqual([]);
}

/** Light or dark by the system's setting; the language by the browser's. */
export const LOOKS = [
  { colorScheme: "light", locale: "en-US" },
  { colorScheme: "dark", locale: "zh-CN" },
];
