// Lines lit because their field has the focus in the form.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** {fromLine, toLine}, both included and from 0; null lights none. */
export const setLit = StateEffect.define();

const line = Decoration.line({ class: "cm-lit" });

/** Where these lines begin, of those that are there. */
function* starts(doc, lines) {
  if (!lines) return;
  const last = Math.min(lines.toLine, doc.lines - 1);
  for (let at = Math.max(0, lines.fromLine); at <= last; at++) yield doc.line(at + 1).from;
}

const decorate = (doc, lines) => Decoration.set(Array.from(starts(doc, lines), (from) => line.range(from)));

/** Whether just these lines are lit: lighting them again would draw them again. */
export function areLit(state, lines) {
  const lit = state.field(litLines).iter();
  for (const from of starts(state.doc, lines)) {
    if (!lit.value || lit.from !== from) return false;
    lit.next();
  }
  return !lit.value;
}

export const litLines = StateField.define({
  create: () => Decoration.none,
  update(lit, transaction) {
    let now = lit.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setLit)) now = decorate(transaction.state.doc, effect.value);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});
