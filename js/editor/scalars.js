// Plain scalars in the colour of what Kubernetes reads in them, keys included: `yes`, `on` and `0777` do not look
// like a boolean and a number to everybody, and here they do. Only a colour; the findings are the page's.
import { syntaxTree } from "@codemirror/language";
import { RangeSet } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { Pause, staysInLines } from "./typing.js";

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

/** The marks of what stands between two places. */
function marksIn(state, from, to) {
  const marks = [];
  syntaxTree(state).iterate({
    from,
    to,
    enter(node) {
      if (node.name !== "Literal") return;
      if (node.to - node.from <= 40 && isOther(state.sliceDoc(node.from, node.to))) {
        marks.push(mark.range(node.from, node.to));
      }
    },
  });
  return marks;
}

const decorate = ({ state, visibleRanges }) => Decoration.set(visibleRanges.flatMap(({ from, to }) => marksIn(state, from, to)), true);

/** The decorations after a change, looked through anew in its lines, as far as they are seen: a file may be one line. */
function amended(decorations, { changes, state, view }) {
  let marks = decorations.map(changes);
  changes.iterChangedRanges((fromA, toA, fromB, toB) => {
    const [filterFrom, filterTo] = [state.doc.lineAt(fromB).from, state.doc.lineAt(toB).to];
    const add = view.visibleRanges.flatMap(({ from, to }) => {
      const [start, end] = [Math.max(from, filterFrom), Math.min(to, filterTo)];
      return start < end ? marksIn(state, start, end) : [];
    });
    marks = marks.update({ add, sort: true, filterFrom, filterTo, filter: () => false });
  });
  return marks;
}

export const scalars = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.tree = syntaxTree(view.state);
      this.decorations = decorate(view);
      this.pause = new Pause(view, () => {
        const before = this.decorations;
        this.decorations = decorate(view);
        return !RangeSet.eq([before], [this.decorations]);
      });
    }

    update(update) {
      const tree = syntaxTree(update.state);
      if (staysInLines(update)) {
        this.decorations = amended(this.decorations, update);
        this.pause.begin();
      } else if (tree !== this.tree || update.docChanged || update.viewportChanged) {
        this.decorations = decorate(update.view);
      }
      this.tree = tree;
    }

    destroy() {
      this.pause.end();
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
