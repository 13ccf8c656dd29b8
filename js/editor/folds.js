// The arrows beside what can be folded. CodeMirror's own gutter looks through all visible lines with each letter, and
// that is a fifth of what the editor does for one.
import { codeFolding, foldable, foldEffect, foldedRanges, syntaxTree, unfoldEffect } from "@codemirror/language";
import { RangeSet } from "@codemirror/state";
import { gutter, GutterMarker, ViewPlugin } from "@codemirror/view";
import { Pause, staysInLines } from "./typing.js";

class Arrow extends GutterMarker {
  constructor(sign, title) {
    super();
    Object.assign(this, { sign, title });
  }

  eq(other) {
    return this.sign === other.sign;
  }

  toDOM(view) {
    const span = document.createElement("span");
    span.textContent = this.sign;
    span.title = view.state.phrase(this.title);
    return span;
  }
}

const OPEN = new Arrow("⌄", "Fold line");
const FOLDED = new Arrow("›", "Unfold line");

/** The outermost of what is folded on a line. */
function foldedOn(state, { from, to }) {
  let outer = null;
  foldedRanges(state).between(from, to, (from, to) => {
    if (!outer || from < outer.from) outer = { from, to };
  });
  return outer;
}

function look({ state, viewportLineBlocks }) {
  const arrow = (line) => (foldedOn(state, line) ? FOLDED : foldable(state, line.from, line.to) ? OPEN : null);
  const arrows = viewportLineBlocks.map((line) => [arrow(line), line.from]);
  return RangeSet.of(arrows.filter(([arrow]) => arrow).map(([arrow, at]) => arrow.range(at)));
}

const arrows = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.markers = look(view);
      this.pause = new Pause(view, () => {
        const before = this.markers;
        this.markers = look(view);
        return !RangeSet.eq([before], [this.markers]);
      });
    }

    update(update) {
      const { startState, state, view } = update;
      if (staysInLines(update)) {
        this.markers = this.markers.map(update.changes);
        this.pause.begin();
      } else if (
        update.docChanged ||
        update.viewportChanged ||
        foldedRanges(startState) !== foldedRanges(state) ||
        syntaxTree(startState) !== syntaxTree(state)
      ) {
        this.markers = look(view);
      }
    }

    destroy() {
      this.pause.end();
    }
  },
);

/** A gutter of arrows that fold and unfold. */
export const folds = [
  arrows,
  gutter({
    class: "cm-foldGutter",
    markers: (view) => view.plugin(arrows)?.markers ?? RangeSet.empty,
    initialSpacer: () => FOLDED,
    domEventHandlers: {
      click(view, line) {
        const folded = foldedOn(view.state, line);
        const range = folded ?? foldable(view.state, line.from, line.to);
        if (range) view.dispatch({ effects: (folded ? unfoldEffect : foldEffect).of(range) });
        return range !== null;
      },
    },
  }),
  codeFolding(),
];
