import { Transaction } from "@codemirror/state";

// CodeMirror's user events, the longer first: https://codemirror.net/docs/ref/#state.Transaction^userEvent
const KINDS = [
  ["input.type.compose", "compose"],
  ["input.type", "type"],
  ["input.paste", "paste"],
  ["input.drop", "drop"],
  ["input.complete", "complete"],
  ["input.replace", "replace"],
  ["input.indent", "indent"],
  ["input", "type"],
  ["delete.cut", "cut"],
  ["delete.dedent", "indent"],
  ["delete", "delete"],
  ["move", "move"],
];

/** What the person did, in the words of the border (js/editor.js). */
export function kindOf(transaction) {
  const event = transaction.annotation(Transaction.userEvent) ?? "";
  const found = KINDS.find(([name]) => event === name || event.startsWith(`${name}.`));
  return found ? found[1] : "other";
}
