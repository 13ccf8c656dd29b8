// trunk runs this on the finished folder before it becomes dist/ (Trunk.toml, post_build): what the CSP would
// refuse in the browser is refused here, and `trunk serve`'s reload script is moved out of the page.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { fillIn } from "./gallery.mjs";

const dir = process.env.TRUNK_STAGING_DIR;
const path = join(dir, "index.html");
let html = readFileSync(path, "utf8");

// `trunk serve` puts its reload script inline, with its own address to be filled in on the way out.
html = html.replace(/<script>([\s\S]*?__TRUNK_ADDRESS__[\s\S]*?)<\/script>/, (_, script) => {
  const own = script
    .replace("'{{__TRUNK_ADDRESS__}}'", "location.host")
    .replace("'{{__TRUNK_WS_BASE__}}'", "'/'");
  writeFileSync(join(dir, "dev-reload.js"), own);
  return '<script src="./dev-reload.js"></script>';
});
html = fillIn(html, process.env.TRUNK_SOURCE_DIR);

// The release's page begins with half of its code; the other half has the same name and _rest (tools/split).
if (process.env.STUDIO_SPLIT) {
  const [, wasm] = html.match(/ data-wasm="\.\/([^"]+)_bg\.wasm"/);
  const [whole, rest] = [`${wasm}_bg.wasm`, `${wasm}_rest.wasm`];
  const rules = join(process.env.TRUNK_SOURCE_DIR, "tools/split/rules.txt");
  execFileSync(process.env.STUDIO_SPLIT, ["cut", join(dir, whole), rules, join(dir, whole), join(dir, rest), join(dir, `${wasm}.js`)], { stdio: "inherit" });
  html = html.replace(` data-wasm="./${whole}"`, ` data-wasm="./${whole}" data-rest="./${rest}"`);
  const [, boot] = html.match(/<script src="\.\/(boot-[^"]+)"/);
  for (const name of [`${wasm}.js`, boot]) {
    const { code } = await transform(readFileSync(join(dir, name), "utf8"), { minify: true });
    writeFileSync(join(dir, name), code);
  }
}

// Comments are for readers of the source.
html = html.replace(/<!--[\s\S]*?-->\s*/g, "").replace(/\n\s*\n/g, "\n");
writeFileSync(path, html);

const faults = [];
for (const [, attributes, body] of html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)) {
  if (!/\bsrc=/.test(attributes) || body.trim() !== "") faults.push("an inline script");
}
if (/<style\b/i.test(html)) faults.push("a <style> element");
if (/\sstyle=/i.test(html)) faults.push("a style attribute");
if (/\son[a-z]+=/i.test(html)) faults.push("an event handler attribute");
for (const [, url] of html.matchAll(/\s(?:href|src|data-js|data-wasm|data-rest)="([^"]+)"/g)) {
  if (/^(?:[a-z]+:|\/)/i.test(url)) faults.push(`an address that is not relative: ${url}`);
  else if (!existsSync(join(dir, url))) faults.push(`a file that is not there: ${url}`);
}
for (const file of ["analyst_loader.js", "analyst.js", "analyst_bg.wasm", "editor.js", "catalog.bin"]) {
  if (!existsSync(join(dir, file))) faults.push(`no ${file}, which the page asks for by this name`);
}
if (faults.length > 0) {
  console.error(`index.html, as built, has:\n  ${faults.join("\n  ")}`);
  process.exit(1);
}
