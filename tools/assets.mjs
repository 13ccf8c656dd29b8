// Makes static/generated/: the stylesheet and the editor's bundle. trunk runs it before each build
// (Trunk.toml); by hand: node tools/assets.mjs. A file is written only when its content changed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleEditor } from "./assets/editor.mjs";
import { makeStylesheet } from "./assets/css.mjs";

const root = join(import.meta.dirname, "..");
const out = join(root, "static/generated");
mkdirSync(out, { recursive: true });

function write(name, content) {
  const path = join(out, name);
  try {
    if (readFileSync(path, "utf8") === content) return;
  } catch {
    // not there yet
  }
  writeFileSync(path, content);
}

const [css, editor] = await Promise.all([makeStylesheet(root), bundleEditor(root)]);
write("studio.css", css);
write("editor.js", editor);
