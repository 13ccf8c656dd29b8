// Plain scalars in the colour of what Kubernetes reads in them, keys included: `yes`, `on` and `0777` do not look
// like a boolean and a number to everybody, and here they do. Only a colour; the findings are the page's.
import { syntaxTree } from "@codemirror/language";
import { Decoration, ViewPlugin } from "@codemirror/view";

const BOOLEAN = /^(?:y|yes|on|n|no|off|true|false)$/;
const NULL = /^(?:~|null|Null|NULL)$/;
const INTEGER = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+|[1-9][\d_]*|0)$/;
const FLOAT = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?\d+)?$/;
const CASED = /^(?:[a-z]+|[A-Z][a-z]*|[A-Z]+)$/; // yes, Yes, YES; not yEs

function isOther(text) {
  if (text.length > 40) return false;
  if (BOOLEAN.test(text.toLowerCase())) return CASED.test(text);
  return NULL.test(text) || INTEGER.test(text) || FLOAT.test(text);
}

const mark = Decoration.mark({ class: "cm-studio-scalar" });

function decorate(view) {
  const marks = [];
  const tree = syntaxTree(view.state);
  for (const { from, to } of view.visibleRanges) {
    tree.iterate({
      from,
      to,
      enter(node) {
        if (node.name !== "Literal") return;
        if (node.to - node.from <= 40 && isOther(view.state.sliceDoc(node.from, node.to))) {
          marks.push(mark.range(node.from, node.to));
        }
      },
    });
  }
  return Decoration.set(marks, true);
}

export const scalars = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.tree = syntaxTree(view.state);
      this.decorations = decorate(view);
    }

    update(update) {
      const tree = syntaxTree(update.state);
      if (tree === this.tree && !update.docChanged && !update.viewportChanged) return;
      this.tree = tree;
      this.decorations = decorate(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
