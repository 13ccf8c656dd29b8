import { Annotation } from "@codemirror/state";

/** Marks what the page did itself, so that it is not reported back to it. */
export const fromPage = Annotation.define();
