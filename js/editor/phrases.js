// Texts of the editor that a person sees or hears. The page gives them from its catalog, by these keys; what it
// does not give stays in English.
//
// Ours:
//   "editor.label"   the name of the text field, for screen readers
//   "editor.leave"   how the keyboard leaves it
// CodeMirror's own, by their English text:
//   search:      "Find" "Replace" "next" "previous" "all" "match case" "regexp" "by word" "replace" "replace all"
//                "close" "current match" "on line" "replaced match on line $" "replaced $ matches"
//                "Go to line" "go"
//   findings:    "Diagnostics" "No diagnostics"
//   completion:  "Completions"
//   folding:     "Fold line" "Unfold line" "folded code" "unfold" "Folded lines" "Unfolded lines" "to"
//   marks:       "Control character" "Selection deleted"
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export function withPhrases(texts) {
  return [
    EditorState.phrases.of(texts),
    EditorView.contentAttributes.of({
      "aria-label": texts["editor.label"] ?? "YAML text",
      "aria-description": texts["editor.leave"] ?? "Press Escape, then Tab, to leave the text.",
    }),
  ];
}
