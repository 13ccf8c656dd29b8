// What keys and pointers do. No history here: undo and redo are told to the page.
import { completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching, foldKeymap, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState } from "@codemirror/state";
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from "@codemirror/view";
import { completion, hover } from "./assist.js";
import { yaml } from "./documents.js";
import { folds } from "./folds.js";
import { growingMarks } from "./marks.js";
import { scalars } from "./scalars.js";

const INDENT = 2;
/** So long after Escape the next Tab leaves the text, in milliseconds. */
const LEAVE_WITHIN = 2000;

export const compartments = () => ({
  theme: new Compartment(),
  readOnly: new Compartment(),
  phrases: new Compartment(),
});

/** Spaces up to the next stop; a selection is indented as a whole. YAML forbids tabs for indentation. */
function tab(view) {
  const { state } = view;
  if (state.readOnly) return false;
  if (state.selection.ranges.some((range) => !range.empty)) return indentMore(view);
  const spaces = state.changeByRange((range) => {
    const column = range.head - state.doc.lineAt(range.head).from;
    const insert = " ".repeat(INDENT - (column % INDENT));
    return { changes: { from: range.head, insert }, range: EditorSelection.cursor(range.head + insert.length) };
  });
  view.dispatch(state.update(spaces, { scrollIntoView: true, userEvent: "input.indent" }));
  return true;
}

// The browser's own undo (context menu, some input methods) comes as an input event, not as a key.
const browserHistory = (callbacks) =>
  EditorView.domEventHandlers({
    beforeinput(event) {
      if (event.inputType === "historyUndo") callbacks.undo();
      else if (event.inputType === "historyRedo") callbacks.redo();
      else return false;
      event.preventDefault();
      return true;
    },
    // Files dropped anywhere on the page are opened by the page, not typed in here.
    drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0,
    focus: () => void callbacks.focus(true),
    blur: () => void callbacks.focus(false),
  });

export function behaviour(callbacks) {
  const does = (callback) => () => {
    callback();
    return true;
  };
  return [
    keymap.of([
      { key: "Mod-z", run: does(callbacks.undo), preventDefault: true },
      { key: "Mod-y", mac: "Mod-Shift-z", run: does(callbacks.redo), preventDefault: true },
      { linux: "Ctrl-Shift-z", win: "Ctrl-Shift-z", run: does(callbacks.redo), preventDefault: true },
      { key: "Tab", run: tab, shift: indentLess },
      ...completionKeymap,
      ...searchKeymap,
      ...lintKeymap,
      ...foldKeymap,
      ...defaultKeymap,
    ]),
    browserHistory(callbacks),
    // Escape, then Tab leaves. CodeMirror does so by itself, but not when that Escape closed something, as the
    // completions that come while one types.
    EditorView.domEventObservers({
      keydown: (event, view) => void (event.key === "Escape" && view.setTabFocusMode(LEAVE_WITHIN)),
    }),
    // Focusable as it is; said aloud for checkers, which do not count contenteditable.
    EditorView.contentAttributes.of({ tabindex: "0" }),
    callbacks.complete ? completion(callbacks.complete) : [],
    callbacks.hover ? hover(callbacks.hover) : [],
    yaml,
    scalars,
    indentUnit.of(" ".repeat(INDENT)),
    EditorState.tabSize.of(INDENT),
    EditorState.allowMultipleSelections.of(true),
    lineNumbers(),
    lintGutter(),
    growingMarks,
    folds,
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    rectangularSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    bracketMatching(),
    search({ top: true }),
  ];
}
