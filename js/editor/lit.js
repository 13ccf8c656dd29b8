// Lines lit because their field has the focus in the form.
import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView } from "@codemirror/view";

/** {fromLine, toLine}, both included and from 0; null lights none. */
export const setLit = StateEffect.define();

const line = Decoration.line({ class: "cm-lit" });

function decorate(doc, lines) {
  if (!lines) return Decoration.none;
  const marks = [];
  const last = Math.min(lines.toLine, doc.lines - 1);
  for (let at = Math.max(0, lines.fromLine); at <= last; at++) marks.push(line.range(doc.line(at + 1).from));
  return Decoration.set(marks);
}

/** Whether just these lines are lit: lighting them again would draw them again. */
export function areLit(state, lines) {
  const want = decorate(state.doc, lines).iter();
  const is = state.field(litLines).iter();
  while (want.value && is.value && want.from === is.from) {
    want.next();
    is.next();
  }
  return !want.value && !is.value;
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
