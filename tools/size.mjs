// What the page weighs, from a built dist/: node tools/size.mjs [dist]
// The first screen is what index.html names (itself included); the rest comes later or by name.
// Also a module: measure(dir) -> { first: [...], later: [...] } with raw and brotli bytes.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const weigh = (dir, name) => {
  const bytes = readFileSync(join(dir, name));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return { name, raw: bytes.length, brotli: brotliCompressSync(bytes, { params }).length };
};

function* files(dir, at = dir) {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const path = join(at, entry.name);
    if (entry.isDirectory()) yield* files(dir, path);
    else yield relative(dir, path);
  }
}

export function measure(dir) {
  const html = readFileSync(join(dir, "index.html"), "utf8");
  const named = [...html.matchAll(/\s(?:href|src|data-js|data-wasm)="([^"]+)"/g)].map(([, url]) => url.replace(/^\.\//, ""));
  const first = new Set(["index.html", ...named]);
  const all = [...files(dir)].sort();
  return {
    first: all.filter((name) => first.has(name)).map((name) => weigh(dir, name)),
    later: all.filter((name) => !first.has(name)).map((name) => weigh(dir, name)),
  };
}

export const total = (list) => list.reduce((sum, { raw, brotli }) => ({ raw: sum.raw + raw, brotli: sum.brotli + brotli }), { raw: 0, brotli: 0 });

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const kb = (bytes) => (bytes / 1024).toFixed(1).padStart(8);
  const line = (name, { raw, brotli }) => console.log(`${name.padEnd(44)}${kb(raw)}${kb(brotli)}`);
  console.log(`${"KB".padEnd(44)}${"raw".padStart(8)}${"brotli".padStart(8)}`);
  const { first, later } = measure(process.argv[2] ?? "dist");
  for (const [title, list] of [["first screen", first], ["later", later]]) {
    for (const file of list) line(`  ${file.name}`, file);
    line(title, total(list));
  }
}
