// What the first screen runs, held against tools/split/rules.txt:
//   tools/build.sh --whole --dist FOLDER && node tools/split/ran.mjs FOLDER [how many lines]
// FOLDER holds a page that is not cut. It is opened with every function watched, until the gallery has stood for a
// moment. Listed, the largest first: later functions that ran (they would bring the second module early: give them a
// `first`), and first ones that did not (a `later` may be worth it).
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium as playwright } from "@playwright/test";
import { chromium } from "../../tests/browser/support/chromium.mjs";
import { serve } from "../serve.mjs";

const [dist, lines = "30"] = process.argv.slice(2);
const root = join(import.meta.dirname, "../..");
const split = (...args) => execFileSync(join(root, process.env.CARGO_TARGET_DIR ?? "target", "debug/split"), args, { encoding: "utf8", maxBuffer: 1 << 28 });
const wasm = readdirSync(dist).find((name) => /^studio-.*_bg\.wasm$/.test(name));

const functions = split("list", join(dist, wasm), join(root, "tools/split/rules.txt")).trimEnd().split("\n").map((line) => {
  const [when, size, name] = line.split("\t");
  return { when, size: Number(size), name };
});
const watched = mkdtempSync(join(tmpdir(), "studio-watched-"));
cpSync(dist, watched, { recursive: true });
split("watch", join(dist, wasm), join(watched, wasm));

const server = await serve({ dir: watched, prefix: "/studio/" });
const browser = await playwright.launch(chromium());
const page = await browser.newPage();
await page.addInitScript(() => {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await own(...given);
      globalThis.seen ??= (result.instance ?? result).exports.seen;
      return result;
    };
  }
});
// What an answer leads to comes after the second half: the page asks when that is there.
await page.route(/analyst_loader|catalog\.bin|\/version\b|\/apis?\b/, () => {});
await page.goto(server.url);
await page.waitForSelector("[data-template]");
await page.waitForTimeout(1500);
const seen = await page.evaluate(() => Array.from(new Uint8Array(globalThis.seen.buffer)));
await browser.close();
await server.close();
rmSync(watched, { recursive: true });

const say = (title, list) => {
  const bytes = list.reduce((sum, { size }) => sum + size, 0);
  console.log(`${title}: ${list.length} functions, ${bytes} bytes`);
  list.sort((a, b) => b.size - a.size).slice(0, Number(lines)).forEach(({ size, name }) => console.log(`${String(size).padStart(7)} ${name.slice(0, 200)}`));
};
say("ran, though later", functions.filter(({ when }, n) => when === "later" && seen[n]));
say("never ran, though first", functions.filter(({ when }, n) => when === "first" && !seen[n]));
