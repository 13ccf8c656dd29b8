// Completion and hover, both answered by the page.
import { autocompletion } from "@codemirror/autocomplete";
import { hoverTooltip } from "@codemirror/view";
import { toOffset, toPosition, toRange } from "./positions.js";

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

async function orNothing(answer) {
  try {
    return await answer;
  } catch (error) {
    console.error(error);
    return null;
  }
}

export function completion(complete) {
  const source = async (context) => {
    const { doc } = context.state;
    const { line, col } = toPosition(doc, context.pos);
    const found = await orNothing(complete(line, col, context.explicit));
    if (!found || found.options.length === 0) return null;
    return {
      from: Math.min(context.pos, toOffset(doc, found.fromLine, found.fromCol)),
      options: found.options.map(({ info, ...option }) => ({
        ...option,
        info: info ? () => element("div", "cm-studio-text", info) : undefined,
      })),
      validFor: /^[\w./-]*$/,
    };
  };
  return autocompletion({ override: [source], icons: false, maxRenderedOptions: 60 });
}

export function hover(ask) {
  return hoverTooltip(async (view, pos) => {
    const { line, col } = toPosition(view.state.doc, pos);
    const found = await orNothing(ask(line, col));
    if (!found) return null;
    const { from, to } = toRange(view.state.doc, found);
    return {
      pos: from,
      end: to,
      above: true,
      create() {
        const dom = element("div", "cm-studio-hover", "");
        dom.append(element("code", "cm-studio-title", found.title), element("div", "cm-studio-text", found.text));
        return { dom };
      },
    };
  });
}
