// What a page runs until a template stands in the workspace, held against tools/split/rules.txt:
//   tools/build.sh --whole --dist FOLDER && node tools/split/ran.mjs FOLDER [how many lines]
// FOLDER holds a page that is not cut. It is opened with every function watched, in both languages, for each template
// and each empty start of the gallery. Listed, the largest first: later functions that ran (they would bring the second
// module early: give them a `first`), and first ones that did not (a `later` may be worth it).
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
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

// The page waits for its other half, which never comes: so nothing runs that belongs behind it.
const index = join(watched, "index.html");
writeFileSync(index, readFileSync(index, "utf8").replace(' data-wasm="', ' data-rest="./none_rest.wasm" data-wasm="'));

const server = await serve({ dir: watched, prefix: "/studio/" });
const browser = await playwright.launch(chromium());
const seen = new Uint8Array(functions.length);
async function watch(locale, choose) {
  const context = await browser.newContext({ locale });
  const page = await context.newPage();
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
  await page.route(/_rest\.wasm$/, () => {});
  await page.goto(server.url);
  const choices = page.locator("#gallery [data-template], #gallery [data-empty]");
  const count = await choices.count();
  if (choose < count) {
    await choices.nth(choose).click();
    await page.waitForSelector('[data-page="workspace"]');
  }
  await page.waitForTimeout(500);
  const ran = await page.evaluate(() => Array.from(new Uint8Array(globalThis.seen.buffer)));
  ran.forEach((yes, n) => (seen[n] |= yes));
  await context.close();
  return count;
}
for (const locale of ["en-US", "zh-CN"]) {
  const choices = await watch(locale, Infinity);
  for (let choose = 0; choose < choices; choose++) await watch(locale, choose);
}
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
