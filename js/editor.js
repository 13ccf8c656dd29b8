/**
 * The whole border between the page and CodeMirror 6. Bundled by tools/assets/editor.mjs into
 * static/generated/editor.js, loaded by `import("./editor.js?v=BUILD")` after the first screen.
 *
 * The page's text is the truth; this module shows it and reports what a person does to it. It keeps no history:
 * the workspace has one, so undo and redo are only reported.
 *
 * Positions: lines count from 0 and are split at \r\n, \n or a lone \r; columns are UTF-16 units in the line,
 * its line end not counted. Inserted text that the editor reports breaks lines with \n, whatever the file uses;
 * text given to it may use any. A list of changes is in the coordinates of the text before all of them, in
 * ascending order, and none overlaps another.
 *
 * @typedef {{line: number, col: number}} Position
 * @typedef {{fromLine: number, fromCol: number, toLine: number, toCol: number, insert: string}} Change
 *
 * @typedef {"type"|"compose"|"paste"|"drop"|"move"|"cut"|"delete"|"complete"|"indent"|"replace"|"fix"|"other"} Kind
 *   What the person did, for grouping in the history.
 *
 * @typedef {object} Diagnostic
 * @property {number} fromLine
 * @property {number} fromCol
 * @property {number} toLine
 * @property {number} toCol
 * @property {"error"|"warning"|"info"|"hint"} severity
 * @property {string} message
 * @property {number} [group]   whose it is, for amendDiagnostics
 * @property {{name: string, id: string}[]} [actions]  shown as buttons; chosen, `onAction(id)` is called
 *
 * @typedef {object} Completion
 * @property {string} label     what is typed to find it, and inserted when there is no `apply`
 * @property {string} [apply]   inserted instead of the label; its further lines as given, no indentation added
 * @property {string} [detail]  a few words beside the label (the type)
 * @property {string} [info]    the documentation, as plain text
 * @property {"field"|"value"|"item"|"kind"} [type]
 * @property {number} [boost]   -99 to 99, for the order
 *
 * @typedef {{fromLine: number, fromCol: number, options: Completion[]}} Completions
 *   Completions replace what stands between this place and the cursor.
 *
 * @typedef {{fromLine: number, fromCol: number, toLine: number, toCol: number, title: string, text: string}} Hover
 *   Plain text; line breaks are kept.
 *
 * @typedef {object} Options  Every callback may be left out. A callback that throws is reported to the console.
 * @property {string} [text]
 * @property {boolean} [dark]
 * @property {boolean} [readOnly]
 * @property {Object<string, string>} [phrases]  see js/editor/phrases.js
 * @property {(changes: Change[], kind: Kind) => void} [onChange]  before the screen shows it; never for what the
 *   page itself does by setText or applyChanges
 * @property {(head: Position, anchor: Position) => void} [onSelection]  the cursor went elsewhere, by the person
 * @property {() => void} [onUndo]
 * @property {() => void} [onRedo]
 * @property {(id: string) => void} [onAction]
 * @property {(focused: boolean) => void} [onFocus]
 * @property {(line: number, col: number, explicit: boolean) => Completions|null|Promise<Completions|null>} [complete]
 * @property {(line: number, col: number) => Hover|null|Promise<Hover|null>} [hover]
 */
import { EditorSelection, EditorState, Prec, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { setDiagnostics } from "@codemirror/lint";
import { toPosition, toChanges, fromChanges, toRange, toOffset } from "./editor/positions.js";
import { behaviour, compartments } from "./editor/behaviour.js";
import { lastSeen, readsSelectionWhenFocused } from "./editor/elsewhere.js";
import { areLit, litLines, setLit } from "./editor/lit.js";
import { look } from "./editor/look.js";
import { amend } from "./editor/marks.js";
import { withPhrases } from "./editor/phrases.js";
import { kindOf } from "./editor/kind.js";
import { fromPage } from "./editor/origin.js";
import { smallestChange } from "./editor/smallest.js";

/** Calls into the page may throw; an editor that stops working for it would cost what is being typed. */
const guarded = (callback) => (...given) => {
  if (!callback) return undefined;
  try {
    return callback(...given);
  } catch (error) {
    console.error(error);
    return undefined;
  }
};

/**
 * @param {HTMLElement} parent  an empty element; the editor fills it
 * @param {Options} options
 */
export function create(parent, options = {}) {
  const onChange = guarded(options.onChange);
  const onSelection = guarded(options.onSelection);
  const onAction = guarded(options.onAction);
  const callbacks = {
    undo: guarded(options.onUndo),
    redo: guarded(options.onRedo),
    focus: guarded(options.onFocus),
    complete: options.complete && guarded(options.complete),
    hover: options.hover && guarded(options.hover),
  };
  const { theme, readOnly, phrases } = compartments();

  const report = EditorView.updateListener.of((update) => {
    let person = false;
    for (const transaction of update.transactions) {
      if (transaction.annotation(fromPage)) continue;
      person ||= transaction.docChanged || transaction.selection !== undefined;
      if (transaction.docChanged) onChange(fromChanges(transaction), kindOf(transaction));
    }
    if (person && (update.docChanged || update.selectionSet)) {
      const { head, anchor } = update.state.selection.main;
      onSelection(toPosition(update.state.doc, head), toPosition(update.state.doc, anchor));
    }
  });

  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text ?? "",
      extensions: [
        report,
        Prec.high(behaviour(callbacks)),
        litLines,
        lastSeen,
        look,
        theme.of(EditorView.darkTheme.of(options.dark ?? false)),
        readOnly.of(EditorState.readOnly.of(options.readOnly ?? false)),
        phrases.of(withPhrases(options.phrases ?? {})),
      ],
    }),
  });

  readsSelectionWhenFocused(view);

  const doc = () => view.state.doc;
  const pageDoes = (spec) =>
    view.dispatch({ ...spec, annotations: [fromPage.of(true), Transaction.addToHistory.of(false)] });

  const toShow = ({ severity, message, group, actions = [], ...place }) => ({
    ...toRange(doc(), place),
    severity,
    message,
    group,
    // The id for `amend` to tell it by.
    actions: actions.map(({ name, id }) => ({ name, id, apply: () => onAction(id) })),
  });

  return {
    /** The text on the screen, lines broken by \n: for tests and for a last resort. */
    getText: () => doc().toString(),

    /**
     * Shows another text. With `keepSelection` it is taken as a newer state of the same text: only what differs
     * is changed, the cursor and the place on the screen stay. Without, it starts at the top.
     * @param {string} text
     * @param {boolean} [keepSelection]
     */
    setText(text, keepSelection = false) {
      const next = view.state.toText(text);
      if (keepSelection) {
        const change = smallestChange(doc(), next);
        if (change) pageDoes({ changes: change });
        return;
      }
      pageDoes({
        changes: { from: 0, to: doc().length, insert: next },
        selection: { anchor: 0 },
        effects: [setLit.of(null), EditorView.scrollIntoView(0)],
      });
    },

    /** @param {Change[]} changes */
    applyChanges(changes) {
      pageDoes({ changes: toChanges(view.state, changes) });
    },

    /** @param {Diagnostic[]} diagnostics  replaces those shown before */
    setDiagnostics(diagnostics) {
      view.dispatch(setDiagnostics(view.state, diagnostics.map(toShow)));
    },

    /**
     * Replaces those of some groups; the others stay where they have moved to with the text.
     * @param {number[]} groups
     * @param {Diagnostic[]} diagnostics
     */
    amendDiagnostics(groups, diagnostics) {
      amend(view, new Set(groups), diagnostics.map(toShow));
    },

    /** Lights these lines (both included); without arguments, none. */
    highlight(fromLine, toLine = fromLine) {
      const lines = fromLine == null ? null : { fromLine, toLine };
      if (!areLit(view.state, lines)) view.dispatch({ effects: setLit.of(lines) });
    },

    /** Brings a line onto the screen, in the middle when it was not there. */
    revealLine(line) {
      const seen = view.plugin(lastSeen);
      if (seen?.line === line) return;
      if (seen) seen.line = line;
      const at = toOffset(doc(), line, 0);
      view.dispatch({ effects: EditorView.scrollIntoView(at, { y: "nearest", yMargin: 60 }) });
    },

    /** Selects a range and shows it. `onSelection` is not called. */
    select(fromLine, fromCol, toLine = fromLine, toCol = fromCol) {
      const { from, to } = toRange(doc(), { fromLine, fromCol, toLine, toCol });
      pageDoes({ selection: EditorSelection.single(from, to), scrollIntoView: true });
    },

    /** @returns {{head: Position, anchor: Position}} */
    selection() {
      const { head, anchor } = view.state.selection.main;
      return { head: toPosition(doc(), head), anchor: toPosition(doc(), anchor) };
    },

    focus: () => view.focus(),
    hasFocus: () => view.hasFocus,
    setTheme: (dark) => view.dispatch({ effects: theme.reconfigure(EditorView.darkTheme.of(dark)) }),
    setReadOnly: (on) => view.dispatch({ effects: readOnly.reconfigure(EditorState.readOnly.of(on)) }),
    /** @param {Object<string, string>} texts  see js/editor/phrases.js */
    setPhrases: (texts) => view.dispatch({ effects: phrases.reconfigure(withPhrases(texts)) }),
    destroy: () => view.destroy(),
  };
}
