// While the person is elsewhere: what the page does to the text must not cost a layout of the page each time.
import { ViewPlugin } from "@codemirror/view";

/**
 * CodeMirror looks where the browser's selection is after each change it draws. The browser has to lay out the page
 * to say so: with a letter in a form field a millisecond and a half, for a selection that is in that field. While
 * the editor has no focus, where the selection is counts as not known; with the focus it is read again.
 *
 * @param {import("@codemirror/view").EditorView} view
 */
export function readsSelectionWhenFocused(view) {
  const { observer } = view;
  const read = observer.readSelectionRange;
  observer.readSelectionRange = () => {
    if (view.hasFocus) return read.call(observer);
    observer.clearSelectionRange();
    return false;
  };
}

/** The line that was brought into view last, for as long as it must still be there. */
export const lastSeen = ViewPlugin.define((view) => {
  const { scrollDOM } = view;
  let height = null;
  const forget = () => (seen.line = null);
  const seen = {
    line: null,
    update({ docChanged, geometryChanged, heightChanged }) {
      if (heightChanged) forget();
      // What typing does to the geometry moves no line; and only without it the layout is there to be asked.
      if (docChanged || !geometryChanged) return;
      const now = scrollDOM.clientHeight;
      if (now !== height) forget();
      height = now;
    },
    destroy: () => scrollDOM.removeEventListener("scroll", forget),
  };
  scrollDOM.addEventListener("scroll", forget, { passive: true });
  return seen;
});
