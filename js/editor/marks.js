// What is wrong in the text, as it is marked there.
import { forEachDiagnostic, setDiagnostics, setDiagnosticsEffect } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { staysInLines } from "./typing.js";

/** What is marked, and the places to which it has moved with the text. */
function marked(state) {
  const marks = [];
  forEachDiagnostic(state, (diagnostic, from, to) => marks.push({ diagnostic, from, to }));
  return marks;
}

const moved = ({ diagnostic, from, to }) => (diagnostic.from === from && diagnostic.to === to ? diagnostic : { ...diagnostic, from, to });

const standsAt = ({ diagnostic, from, to }, mark) =>
  from === mark.from && to === mark.to && diagnostic.severity === mark.severity && diagnostic.group === mark.group;

/** What a mark says is read when it is asked for, unless it stands open. */
const isAsked = (view) => view.dom.querySelector(".cm-tooltip-lint, .cm-panel-lint") !== null;

/** The marks of `groups` are `marks` from now on. Where they are so already, or only say it in other words, nothing is drawn. */
export function amend(view, groups, marks) {
  const [theirs, others] = [[], []];
  for (const mark of marked(view.state)) (groups.has(mark.diagnostic.group) ? theirs : others).push(mark);
  const stay = theirs.length === marks.length && theirs.every((mark, at) => standsAt(mark, marks[at]));
  if (stay && !isAsked(view)) {
    theirs.forEach(({ diagnostic }, at) => Object.assign(diagnostic, { message: marks[at].message, actions: marks[at].actions }));
  } else if (!stay || JSON.stringify(theirs.map(moved)) !== JSON.stringify(marks)) {
    view.dispatch(setDiagnostics(view.state, others.map(moved).concat(marks)));
  }
}

/**
 * What is marked stays marked while one types at its end: else the letter stands behind the mark until the page has
 * looked at the text again, and the line is drawn a second time to take it in.
 */
export const growingMarks = EditorState.transactionExtender.of((transaction) => {
  // Another line is not part of what was wrong.
  if (!staysInLines(transaction)) return null;
  const { changes, startState } = transaction;
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
