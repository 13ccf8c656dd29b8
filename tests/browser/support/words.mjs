// The texts of the page, out of its catalogs: a test that quotes a long one by its id keeps when it is worded better.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

/** id → text, or → { one, other }. A catalog is lines of `id: text`, with one level below for numbers. */
export function catalog(language) {
  const texts = new Map();
  let above = "";
  for (const line of readFileSync(join(ROOT, `static/locales/${language}.yaml`), "utf8").split("\n")) {
    const found = /^( *)([\w.-]+):(?: (.+))?$/.exec(line);
    if (!found) continue;
    const [, indent, id, written] = found;
    if (!written) {
      texts.set((above = id), {});
      continue;
    }
    const text = written.startsWith('"') ? JSON.parse(written) : written.replace(/^'(.*)'$/, "$1");
    if (indent) texts.get(above)[id] = text;
    else texts.set(id, text);
  }
  return texts;
}

const en = catalog("en");

/** The English text of that id with its places filled in. */
export function t(id, given = {}) {
  const found = en.get(id);
  if (found === undefined) throw new Error(`static/locales/en.yaml has no ${id}`);
  const text = typeof found === "string" ? found : found[given.n === 1 ? "one" : "other"];
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    if (!(name in given)) throw new Error(`${id} has a place for ${name}`);
    return given[name];
  });
}

/** What stands before the first place that is filled in. */
export const beginning = (id) => en.get(id).split("{")[0].trim();

/** What stands behind the last one. */
export const ending = (id) => en.get(id).split("}").at(-1).trim();
