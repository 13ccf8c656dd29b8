// js/editor/documents.js without a browser: what is read again after an edit is what would be read afresh, and only
// the document that was edited is.
import { yamlLanguage } from "@codemirror/lang-yaml";
import { TreeFragment } from "@lezer/common";
import { expect, test } from "@playwright/test";
import { documents } from "../../js/editor/documents.js";

const inner = yamlLanguage.parser;
const parser = documents(inner);

const document = (n) => `apiVersion: v1\nkind: Pod # ${n}\nmetadata:\n  name: web-${n}\nspec:\n  containers:\n    - {name: a, image: "b:${n}"}\n`;
const text = (count) => Array.from({ length: count }, (_, n) => document(n)).join("---\n");

const spans = (tree) => {
  const out = [];
  tree.iterate({ enter: (node) => void out.push(`${node.name} ${node.from}-${node.to}`) });
  return out;
};

const edited = (before, fragments, { from, to, insert }) => {
  const after = before.slice(0, from) + insert + before.slice(to);
  const changes = [{ fromA: from, toA: to, fromB: from, toB: from + insert.length }];
  return [after, TreeFragment.applyChanges(fragments, changes)];
};

/** As the editor's own parse context does it, in steps and stopped on the way. */
function stoppedAt(position, source, fragments) {
  const parse = parser.startParse(source, fragments);
  let tree = null;
  while (!tree && parse.parsedPos < position) tree = parse.advance();
  if (tree) return TreeFragment.addTree(tree, fragments);
  parse.stopAt(parse.parsedPos);
  while (!tree) tree = parse.advance();
  return TreeFragment.addTree(tree, fragments, true);
}

test("each document is read as it is alone", () => {
  const source = text(30);
  const tree = parser.parse(source);
  expect(tree.length).toBe(source.length);
  const alone = [];
  let at = 0;
  for (const [n, part] of source.split(/^(?=---\n)/m).entries()) {
    alone.push(...spans(inner.parse(part)).slice(1).map((span) => span.replace(/(\d+)-(\d+)/, (_, a, b) => `${+a + at}-${+b + at}`)));
    at += part.length;
    expect(tree.children[n].length).toBe(part.length);
  }
  expect(spans(tree).slice(1)).toEqual(alone);
});

test("a `---` in a block of text ends it, one that is not alone does not", () => {
  const lengths = (source) => parser.parse(source).children.map((child) => child.length);
  expect(lengths("a: |\n  b\n---\nc: d\n")).toEqual([9, 9]);
  expect(lengths("a: |\n  b\n---c\n ---\n")).toEqual([19]);
  expect(lengths("a: b\n---")).toEqual([5, 3]);
  expect(lengths("")).toEqual([]);
  // Across the blocks in which it looks, at every place of the mark.
  for (let n = 16_380; n < 16_390; n++) expect(lengths(`${"#".repeat(n)}\n---\na: b\n`)).toEqual([n + 1, 9]);
  for (let n = 16_380; n < 16_390; n++) expect(lengths(`${"#".repeat(n)}\n---a: b\n`)).toEqual([n + 9]);
});

test("an edit is read in its document only", () => {
  const source = text(200);
  const before = parser.parse(source);
  const at = source.indexOf("web-100") + 7;
  const [after, fragments] = edited(source, TreeFragment.addTree(before), { from: at, to: at, insert: "x" });
  const tree = parser.parse(after, fragments);
  expect(spans(tree)).toEqual(spans(parser.parse(after)));
  const again = tree.children.filter((child) => !before.children.includes(child));
  expect(again.length).toBeLessThanOrEqual(3);
});

test("after random edits the syntax is what it would be afresh", () => {
  let seed = 20261125;
  const random = (below) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const inserts = ["x", "\n", "---\n", "\n---\n", "-", " ", "|", '"', ": ", "\n  - a: [b, c]\n", "#", document(7)];
  for (let round = 0; round < 40; round++) {
    let source = text(1 + random(12));
    let fragments = TreeFragment.addTree(parser.parse(source));
    for (let step = 0; step < 25; step++) {
      const near = source.indexOf("---", random(source.length));
      const from = Math.min(source.length, near >= 0 && random(2) ? near + random(6) : random(source.length + 1));
      const to = Math.min(source.length, from + (random(3) ? 0 : random(60)));
      [source, fragments] = edited(source, fragments, { from, to, insert: inserts[random(inserts.length)] });
      if (random(3) === 0) fragments = stoppedAt(random(source.length + 1), source, fragments);
      const tree = parser.parse(source, fragments);
      const [read, afresh] = [spans(tree), spans(parser.parse(source))];
      // Wrong YAML is mended by guessing, which depends on what was read before: the documents stay the same.
      const ends = (t) => t.children.map((child) => child.length);
      expect(ends(tree)).toEqual(ends(parser.parse(source)));
      if (!afresh.some((span) => span.startsWith("⚠")) && !read.some((span) => span.startsWith("⚠"))) expect(read).toEqual(afresh);
      fragments = TreeFragment.addTree(tree, fragments);
    }
  }
});
