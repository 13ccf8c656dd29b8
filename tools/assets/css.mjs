// The stylesheet: PatternFly 6 cut down to what the sources name, then static/studio.css and static/form.css, minified.
// Class names must stand whole in the sources ("pf-m-primary", not format!("pf-m-{}")): a name put together at
// run time is not found and its rules are cut.
//
// PatternFly's fonts are not shipped (some 150 KB): the page uses the system's, as PatternFly's own stacks do
// where Red Hat's are absent.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { transform } from "esbuild";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import { onlyOneLanguage } from "../gallery.mjs";

const SCANNED = new Set([".rs", ".html", ".js", ".mjs", ".css"]);

function* files(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const at = join(path, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "generated") yield* files(at);
    } else if (SCANNED.has(extname(entry.name))) {
      yield at;
    }
  }
}

/** Every word of the sources that could name a class, an element or a custom property. */
function wordsInUse(root) {
  const words = new Set(["html", "body"]);
  const sources = [join(root, "index.html"), ...["src", "static", "js"].flatMap((d) => [...files(join(root, d))])];
  for (const path of sources) {
    for (const word of readFileSync(path, "utf8").match(/[A-Za-z_-][A-Za-z0-9_-]*/g) ?? []) words.add(word);
  }
  return words;
}

// Themes that the page does not offer, and right-to-left layout, for which it has no language.
const OTHER_THEMES = /\.pf-v6-theme-(felt|glass|high-contrast|redhat)|\[dir=rtl\]|pf-v6-m-dir-rtl/;

function dropWhatIsNotOffered(css) {
  css.walkAtRules("font-face", (rule) => rule.remove());
  css.walkRules((rule) => {
    const left = rule.selectors.filter((s) => !OTHER_THEMES.test(s.replace(/:not\([^)]*\)/g, "")));
    if (left.length === 0) rule.remove();
    else if (left.length < rule.selectors.length) rule.selectors = left;
  });
}

/** Removes custom properties that nothing left over refers to, directly or through others. */
function dropUnusedProperties(css, words) {
  const uses = new Map(); // property -> properties its values refer to
  const wanted = [...words].filter((w) => w.startsWith("--"));
  const referred = (value) => value.match(/--[A-Za-z0-9_-]+/g) ?? [];
  css.walkDecls((decl) => {
    if (decl.prop.startsWith("--")) {
      const to = uses.get(decl.prop) ?? new Set();
      for (const name of referred(decl.value)) to.add(name);
      uses.set(decl.prop, to);
    } else {
      wanted.push(...referred(decl.value));
    }
  });
  css.walkAtRules((rule) => wanted.push(...referred(rule.params)));
  const kept = new Set();
  while (wanted.length > 0) {
    const name = wanted.pop();
    if (kept.has(name)) continue;
    kept.add(name);
    wanted.push(...(uses.get(name) ?? []));
  }
  css.walkDecls(/^--/, (decl) => {
    if (!kept.has(decl.prop)) decl.remove();
  });
}

function dropEmpty(css) {
  css.walkComments((comment) => comment.remove());
  css.walkRules((rule) => rule.nodes.length === 0 && rule.remove());
  css.walkAtRules((rule) => rule.nodes?.length === 0 && rule.remove());
}

export async function makeStylesheet(root) {
  const patternfly = readFileSync(join(root, "node_modules/@patternfly/patternfly/patternfly.css"), "utf8");
  const own = ["static/studio.css", "static/form.css"].map((path) => readFileSync(join(root, path), "utf8")).join("\n");
  const words = wordsInUse(root);

  const offered = postcss.parse(patternfly);
  dropWhatIsNotOffered(offered);
  const [purged] = await new PurgeCSS().purge({
    content: [{ raw: [...words].join(" "), extension: "txt" }],
    css: [{ raw: offered.toString() }],
    defaultExtractor: (text) => text.split(" "),
    keyframes: true,
  });

  const css = postcss.parse(`${purged.css}\n${own}\n${onlyOneLanguage(root)}`);
  dropUnusedProperties(css, words);
  dropEmpty(css);
  const { code } = await transform(css.toString(), { loader: "css", minify: true, target: ["chrome120", "firefox120", "safari17"] });
  return code;
}
