// What a letter need not wait for: it is done when the typing pauses, and moved along with the text until then.

/** How long no letter must have come, in milliseconds. */
const PAUSE = 150;

/** Whether an update or a transaction changes text within its lines only, as a letter does. */
export function staysInLines({ docChanged, changes, startState }) {
  let stays = docChanged;
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => {
    stays &&= inserted.lines === 1 && toA <= startState.doc.lineAt(fromA).to;
  });
  return stays;
}

/** Calls `look` when the typing pauses; where that answers that something is to be drawn, it is. */
export class Pause {
  constructor(view, look) {
    Object.assign(this, { view, look, timer: undefined });
  }

  /** From now on. */
  begin() {
    this.end();
    this.timer = setTimeout(() => {
      if (this.look()) this.view.dispatch({});
    }, PAUSE);
  }

  end() {
    clearTimeout(this.timer);
  }
}
