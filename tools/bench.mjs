// Measures the built page in the system's Chromium: node tools/bench.mjs [--runs 9] [--dist dist] [--bare FOLDER]
// Prints a table and writes bench/results/browser.json. It judges nothing.
//
// What the page does for it (src/platform): where there is a function globalThis.studioMeasure it is called with
//   "painted"   text, form and list of documents in the DOM are those of the last edit
//   "heard"     the analyst's answer has arrived, before anything is done with it
//   "findings"  the findings in form and list are those of the last edit
//   "marking", "marked"  around the text's marks, which come with the frame that shows those
// and it marks up what a person clicks: [data-template] on each template of the gallery,
// [data-page="workspace"] on the workspace's root, [data-page="started"] on what only the running page draws.
//
// Figures: `usable` is the time from navigation until a click on a template, made as soon as there is one, shows
// the workspace; cold means a fresh profile. The same of a page of one button (--bare, tools/bench/bare.sh) says how
// much of it is the machine's and the browser's own: read the others against it. Keystrokes are real key events, 40 ms
// apart.
// "key in text to findings" is what a person waits: the analyst's own thread and the browser's next frame are in it.
// "on the page's thread" is what the key costs there until form and findings are those of the edit: from the key to
// the form, from the answer to the findings, and while the text is marked.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "../tests/browser/support/chromium.mjs";
import { longFile, manyDocuments } from "./bench/manifests.mjs";
import { serve } from "./serve.mjs";

const root = join(import.meta.dirname, "..");
const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const runs = Number(option("runs", 9));
const dist = option("dist", join(root, "dist"));
const bare = option("bare");
const PATIENCE = 60_000;

const quantile = (values, q) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))];
const spread = (values) => (values.length === 0 ? null : { p50: quantile(values, 0.5), p95: quantile(values, 0.95), n: values.length });

/** In the page, before its own scripts. */
function inPage() {
  globalThis.studioMarks = [];
  globalThis.studioMeasure = (name) => globalThis.studioMarks.push({ name, time: performance.now() });
  const clickFirst = () => {
    const template = document.querySelector("[data-template]");
    if (!template || globalThis.studioClicked) return;
    globalThis.studioClicked = performance.now();
    template.click();
  };
  const watchEffect = () => {
    if (globalThis.studioUsable === undefined && document.querySelector('[data-page="workspace"]')) {
      globalThis.studioUsable = performance.now();
    }
  };
  if (!globalThis.studioHandsOff) {
    new MutationObserver(() => {
      clickFirst();
      watchEffect();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  }
}

async function start(browser, url, { slowed = 1, prepare, hold } = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (prepare) await context.addInitScript(prepare);
  await context.addInitScript(inPage);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  if (slowed > 1) await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowed });
  if (hold) await page.route(hold[0], (route) => hold[1].then(() => route.continue()));
  const bodies = [];
  page.on("response", (response) => bodies.push(response));
  await page.goto(url);
  return { context, page, devtools, bodies };
}

/** Turn by turn, so that all of them have the same minutes; once before it counts, for the browser is still starting. */
async function usable(browser, urls, slowed) {
  const times = urls.map(() => []);
  for (let run = -1; run < runs; run++) {
    for (const [at, url] of urls.entries()) {
      const { context, page } = await start(browser, url, { slowed });
      // Asking the page is work for it (a script of 330 KB is put in): not while it is measured.
      await new Promise((resolve) => setTimeout(resolve, 400 * slowed));
      await page.waitForFunction(() => globalThis.studioUsable !== undefined, null, { timeout: PATIENCE });
      const time = await page.evaluate(() => ({ usable: globalThis.studioUsable, template: globalThis.studioClicked }));
      if (run >= 0) times[at].push(time);
      await context.close();
    }
  }
  const [page, bare] = times.map((of) => ({ usable: spread(of.map((t) => t.usable)), template: spread(of.map((t) => t.template)) }));
  return { page, bare };
}

/** What is transferred until the page runs, and what comes after it within the workspace. */
async function transferred(browser, url) {
  // The second half of the code is on its way before the page runs. Held back until then, it is not what the first
  // screen needs.
  let release;
  const drawn = new Promise((resolve) => (release = resolve));
  const { context, page, bodies } = await start(browser, url, {
    prepare: () => (globalThis.studioHandsOff = true),
    hold: [/_rest\.wasm$/, drawn],
  });
  await page.waitForSelector('[data-page="started"]', { timeout: PATIENCE });
  const before = bodies.slice();
  release();
  await page.locator("[data-template]").first().click();
  await page.waitForSelector('[data-page="workspace"] .cm-content', { timeout: PATIENCE });
  await page.waitForLoadState("networkidle");
  const weigh = async (responses) => {
    const seen = new Map();
    for (const response of responses) {
      if (response.status() !== 200) continue;
      const body = await response.body().catch(() => null);
      if (body) seen.set(new URL(response.url()).pathname.split("/").pop() || "index.html", { raw: body.length, brotli: brotliCompressSync(body).length });
    }
    const sum = (key) => [...seen.values()].reduce((total, size) => total + size[key], 0);
    return { raw: sum("raw"), brotli: sum("brotli"), files: Object.fromEntries(seen) };
  };
  const result = { first: await weigh(before), later: await weigh(bodies.filter((response) => !before.includes(response))) };
  await context.close();
  return result;
}

/** Opens a file through the page's own file chooser; the time from its change event until it is painted. */
async function open(page, path) {
  const input = page.locator('input[type="file"]:not([webkitdirectory])').first();
  await input.waitFor({ state: "attached", timeout: PATIENCE });
  await input.evaluate((node) => node.addEventListener("change", () => (globalThis.studioOpened = performance.now()), { capture: true }));
  await input.setInputFiles(path);
  await page.waitForFunction(
    () => globalThis.studioMarks.some(({ name, time }) => name === "painted" && time > (globalThis.studioOpened ?? Infinity)) && document.querySelector(".cm-content"),
    null,
    { timeout: PATIENCE },
  );
  return page.evaluate(() => {
    const painted = globalThis.studioMarks.find(({ name, time }) => name === "painted" && time > globalThis.studioOpened);
    return painted.time - globalThis.studioOpened;
  });
}

/** Types into what has the focus; from each key's event until the marks that follow it. */
async function type(page, keys) {
  await page.evaluate(() => {
    globalThis.studioMarks.length = 0;
    globalThis.studioKeys = [];
    if (globalThis.studioListening) return;
    globalThis.studioListening = true;
    addEventListener("keydown", () => globalThis.studioKeys.push(performance.now()), { capture: true });
  });
  for (const key of keys) {
    await page.keyboard.press(key);
    await page.waitForTimeout(40);
  }
  await page.waitForTimeout(500);
  const { times, painted, heard, findings, marking, marked } = await page.evaluate(() => {
    const marks = (wanted) => globalThis.studioMarks.filter(({ name }) => name === wanted).map(({ time }) => time);
    return { times: globalThis.studioKeys, painted: marks("painted"), heard: marks("heard"), findings: marks("findings"), marking: marks("marking"), marked: marks("marked") };
  });
  const until = (marks) =>
    spread(
      times.flatMap((time, at) => {
        const next = times[at + 1] ?? Infinity;
        const mark = marks.find((m) => m >= time);
        return mark === undefined || (mark > next && marks === painted) ? [] : [mark - time];
      }),
    );
  // Keys after which the page was left in peace until its answer: else a later key's work is among it.
  const alone = times.flatMap((time, at) => {
    const next = times[at + 1] ?? Infinity;
    const within = (marks, from) => marks.find((m) => m >= from && m < next);
    const form = within(painted, time);
    const answer = within(heard, form ?? Infinity);
    const found = within(findings, answer ?? Infinity);
    if (found === undefined) return [];
    const begun = within(marking, found);
    return [form - time + (found - answer) + (begun === undefined ? 0 : within(marked, begun) - begun)];
  });
  return { painted: until(painted), findings: until(findings), thread: spread(alone) };
}

const KEYS = [..."abcdefghij".repeat(10)];

async function typing(browser, url, path) {
  const { context, page, devtools } = await start(browser, url, { prepare: () => (globalThis.studioHandsOff = true) });
  const opened = await open(page, path);
  await page.waitForTimeout(1000);
  // Into a name: the document stays what it is, and its form is there.
  await page.locator(".cm-line", { hasText: /^  name:/ }).first().click();
  await page.keyboard.press("End");
  await watchAnalyst(page);
  const inText = await type(page, KEYS);
  const checked = spread(await page.workers()[0].evaluate(() => self.studioTook));
  const field = page.locator('[data-page="workspace"] input[type="text"]').first();
  await field.click();
  const inField = await type(page, KEYS);
  const memory = await weighMemory(browser, devtools);
  await context.close();
  return { opened, inText, checked, inField, memory };
}

/** From now on the analyst's thread notes how long each message takes it: read, checked and answered. */
async function watchAnalyst(page) {
  await page.workers()[0].evaluate(() => {
    self.studioTook = [];
    const hear = self.onmessage;
    self.onmessage = (event) => {
      const began = performance.now();
      hear.call(self, event);
      self.studioTook.push(performance.now() - began);
    };
  });
}

/** The JavaScript heap, and what the page's process holds in all (proportional set size; Linux tells it). */
async function weighMemory(browser, devtools) {
  await devtools.send("HeapProfiler.collectGarbage");
  await devtools.send("Performance.enable");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const heap = metrics.find(({ name }) => name === "JSHeapUsedSize").value;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  let process = 0;
  for (const { type: kind, id } of processInfo) {
    if (kind !== "renderer") continue;
    try {
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      process = Math.max(process, Number(rollup.match(/^Pss:\s+(\d+)/m)[1]) * 1024);
    } catch {
      // not Linux, or gone meanwhile
    }
  }
  return { heapMb: heap / 2 ** 20, processMb: process / 2 ** 20 };
}

async function main() {
  const long = join(tmpdir(), "studio-bench-500-lines.yaml");
  const many = join(tmpdir(), "studio-bench-3000-documents.yaml");
  writeFileSync(long, longFile(500));
  writeFileSync(many, manyDocuments(3000));

  const server = await serve({ dir: dist, prefix: "/studio/" });
  const browser = await playwright.launch(chromium());
  const results = { when: new Date().toISOString(), browser: browser.version(), cores: cpus().length, runs };
  const table = {};
  const ms = (value) => (value == null ? "no mark" : +value.toFixed(1));
  const row = (name, value) => (table[name] = value);
  const p = (figure) => ({ p50: ms(figure?.p50), p95: ms(figure?.p95) });
  const step = async (name, measure, show) => {
    process.stderr.write(`… ${name}\n`);
    try {
      results[name] = await measure();
      show(results[name]);
    } catch (error) {
      results[name] = { failed: String(error) };
      row(name, { p50: `failed: ${String(error).split("\n")[0]}` });
      process.exitCode = 1;
    }
  };

  const beside = bare && (await serve({ dir: bare, prefix: "/bare/" }));
  for (const slowed of [1, 4]) {
    const name = slowed === 1 ? "cold" : `cold, CPU slowed ${slowed} times`;
    await step(name, () => usable(browser, [server.url, ...(beside ? [beside.url] : [])], slowed), ({ page, bare }) => {
      row(`${name}: a template is there, ms`, p(page.template));
      row(`${name}: a click had its effect, ms`, p(page.usable));
      if (bare) row(`${name}: the same of a bare page, ms`, p(bare.usable));
    });
  }
  await beside?.close();
  await step("transferred", () => transferred(browser, server.url), ({ first, later }) => {
    row("first screen, KB", { raw: +(first.raw / 1024).toFixed(1), brotli: +(first.brotli / 1024).toFixed(1) });
    row("after it, KB", { raw: +(later.raw / 1024).toFixed(1), brotli: +(later.brotli / 1024).toFixed(1) });
  });
  for (const [name, path] of [["500 lines", long], ["3,000 documents", many]]) {
    await step(name, () => typing(browser, server.url, path), (r) => {
      row(`${name}: opened, ms`, { p50: ms(r.opened) });
      row(`${name}: key in text to form, ms`, p(r.inText.painted));
      row(`${name}: key in text to findings, ms`, p(r.inText.findings));
      row(`${name}: key in text, form and findings, on the page's thread, ms`, p(r.inText.thread));
      row(`${name}: what is edited checked by the analyst, ms`, p(r.checked));
      row(`${name}: key in field to text, ms`, p(r.inField.painted));
      row(`${name}: key in field to findings, ms`, p(r.inField.findings));
      row(`${name}: key in field, form and findings, on the page's thread, ms`, p(r.inField.thread));
      row(`${name}: memory, MB`, { heap: +r.memory.heapMb.toFixed(1), process: +r.memory.processMb.toFixed(1) });
    });
  }
  await browser.close();
  await server.close();

  console.table(table);
  const out = join(root, "bench/results");
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "browser.json"), `${JSON.stringify(results, null, 2)}\n`);
  console.log("written: bench/results/browser.json");
}

await main();
