// The editor's bundle: js/editor.js and what it imports from npm, as one ES module.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

// CodeMirror's style-mod puts its rules into a <style> element, which `style-src 'self'` refuses, and uses a
// constructable stylesheet (which the CSP allows) only inside shadow roots. Every browser that runs this page
// has them for documents too, so the one condition is changed; a release in which it reads otherwise fails here.
const constructableStyles = {
  name: "style-mod-without-style-elements",
  setup(b) {
    b.onLoad({ filter: /style-mod\/src\/style-mod\.js$/ }, ({ path }) => {
      const source = readFileSync(path, "utf8");
      const condition = "!root.head && root.adoptedStyleSheets";
      if (source.split(condition).length !== 2) {
        throw new Error(`${path}: the condition to change is not there once; look at StyleSet's constructor`);
      }
      return { contents: source.replace(condition, "root.adoptedStyleSheets"), loader: "js" };
    });
  },
};

export async function bundleEditor(root) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [join(root, "js/editor.js")],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    write: false,
    logLevel: "warning",
    plugins: [constructableStyles],
  });
  return result.outputFiles[0].text;
}
