// Colours and sizes, from PatternFly's variables so that light and dark follow the page. The syntax colours are
// ours; each has at least 4.5:1 on the text's background, lit lines included.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const BACKGROUND = "var(--pf-t--global--background--color--primary--default)";
const FLOATING = "var(--pf-t--global--background--color--floating--default)";
const BORDER = "var(--pf-t--global--border--color--default)";
const TEXT = "var(--pf-t--global--text--color--regular)";
const SUBTLE = "var(--pf-t--global--text--color--subtle)";
const ACCENT = "var(--pf-t--global--color--brand--default)";
const MONO = "var(--pf-t--global--font--family--mono)";
const accent = (percent) => `color-mix(in srgb, ${ACCENT} ${percent}%, transparent)`;

const theme = EditorView.theme({
  "&": {
    height: "100%",
    fontSize: "13px",
    color: TEXT,
    backgroundColor: BACKGROUND,
    border: "2px solid transparent",
    "--studio-yaml-key": "#004d99",
    "--studio-yaml-text": "#2e6b27",
    "--studio-yaml-number": "#8a4a09",
    "--studio-yaml-mark": "#5e40be",
    "--studio-yaml-comment": "#5c5c5c",
  },
  ".pf-v6-theme-dark &": {
    "--studio-yaml-key": "#92c5f9",
    "--studio-yaml-text": "#afdc8f",
    "--studio-yaml-number": "#f8ae54",
    "--studio-yaml-mark": "#b6a6e9",
    "--studio-yaml-comment": "#b5b5b5",
  },
  // A border, not an outline: the gutters would cover its left side.
  "&.cm-focused": { outline: "none", borderColor: ACCENT },
  ".cm-scroller": { fontFamily: MONO, lineHeight: "20px" },
  ".cm-content": { caretColor: TEXT, padding: "8px 0" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: TEXT },
  ".cm-gutters": { color: SUBTLE, backgroundColor: BACKGROUND, borderRight: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "36px", padding: "0 6px 0 8px" },
  ".cm-foldGutter .cm-gutterElement": { cursor: "pointer" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: accent(5) },
  ".cm-lit": { backgroundColor: accent(10), boxShadow: `inset 2px 0 0 ${ACCENT}` },
  // Within the highlighter's own element or around it.
  ".cm-studio-scalar, .cm-studio-scalar span": { color: "var(--studio-yaml-number)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: accent(24),
  },
  ".cm-selectionMatch": { backgroundColor: accent(14) },
  ".cm-matchingBracket": { backgroundColor: accent(20), outline: `1px solid ${BORDER}` },
  ".cm-foldPlaceholder": { backgroundColor: "transparent", border: `1px solid ${BORDER}`, color: SUBTLE },
  ".cm-tooltip": {
    color: TEXT,
    backgroundColor: FLOATING,
    border: `1px solid ${BORDER}`,
    borderRadius: "6px",
    boxShadow: "var(--pf-t--global--box-shadow--md)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: MONO, maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--pf-t--global--text--color--on-brand--default)",
    backgroundColor: ACCENT,
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { color: "inherit", opacity: "0.8", fontStyle: "normal" },
  ".cm-studio-hover, .cm-completionInfo": { maxWidth: "440px", padding: "8px 12px" },
  ".cm-studio-title": { fontFamily: MONO, fontWeight: "600" },
  ".cm-studio-text": { whiteSpace: "pre-wrap", fontFamily: "var(--pf-t--global--font--family--body)" },
  ".cm-diagnostic": { padding: "6px 12px", borderLeftWidth: "3px" },
  ".cm-diagnosticAction": {
    color: ACCENT,
    backgroundColor: "transparent",
    border: `1px solid ${ACCENT}`,
    borderRadius: "14px",
    padding: "2px 12px",
    fontSize: "12px",
  },
  ".cm-panels": { color: TEXT, backgroundColor: "var(--pf-t--global--background--color--secondary--default)" },
  ".cm-panels-top": { borderBottom: `1px solid ${BORDER}` },
  ".cm-textfield, .cm-button": {
    color: TEXT,
    backgroundColor: BACKGROUND,
    backgroundImage: "none",
    border: `1px solid ${BORDER}`,
    borderRadius: "6px",
    padding: "3px 8px",
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--studio-yaml-key)" },
  { tag: [tags.string, tags.special(tags.string), tags.content], color: "var(--studio-yaml-text)" },
  { tag: tags.keyword, color: "var(--studio-yaml-number)" },
  { tag: [tags.labelName, tags.typeName, tags.meta, tags.special(tags.name)], color: "var(--studio-yaml-mark)" },
  { tag: tags.comment, color: "var(--studio-yaml-comment)", fontStyle: "italic" },
]);

export const look = [theme, syntaxHighlighting(colours)];
