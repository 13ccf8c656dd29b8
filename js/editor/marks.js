// What is wrong in the text, as it is marked there.
import { forEachDiagnostic, setDiagnosticsEffect } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";

/** Another line is not part of what was wrong. */
function staysInLine(changes) {
  let stays = true;
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => (stays &&= inserted.lines === 1));
  return stays;
}

/** What is marked, at the places to which it has moved with the text: of these groups, and of the others. */
function marksOf(state, groups) {
  const [theirs, others] = [[], []];
  forEachDiagnostic(state, (diagnostic, from, to) => {
    const moved = diagnostic.from !== from || diagnostic.to !== to;
    (groups.has(diagnostic.group) ? theirs : others).push(moved ? { ...diagnostic, from, to } : diagnostic);
  });
  return [theirs, others];
}

/** All marks, when those of `groups` are `marks`; null when they are that already: they are often found again as they were. */
export function amended(state, groups, marks) {
  const [theirs, others] = marksOf(state, new Set(groups));
  return JSON.stringify(theirs) === JSON.stringify(marks) ? null : others.concat(marks);
}

/**
 * What is marked stays marked while one types at its end: else the letter stands behind the mark until the page has
 * looked at the text again, and the line is drawn a second time to take it in.
 */
export const growingMarks = EditorState.transactionExtender.of(({ docChanged, changes, startState }) => {
  if (!docChanged || !staysInLine(changes)) return null;
  const grown = (from, to) => (from < to ? changes.mapPos(to, 1) : changes.mapPos(to, -1));
  let grows = false;
  forEachDiagnostic(startState, (_, from, to) => (grows ||= grown(from, to) !== changes.mapPos(to, -1)));
  if (!grows) return null;
  const marks = [];
  forEachDiagnostic(startState, (diagnostic, from, to) => {
    const start = changes.mapPos(from, 1);
    marks.push({ ...diagnostic, from: start, to: Math.max(start, grown(from, to)) });
  });
  return { effects: setDiagnosticsEffect.of(marks) };
});
