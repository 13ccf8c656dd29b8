// Between CodeMirror's offsets and the border's lines and columns. Whatever is out of range is taken to the
// nearest place: the page may be one change behind, and an editor must not throw for that.

export function toOffset(doc, line, col) {
  if (line < 0) return 0;
  if (line >= doc.lines) return doc.length;
  const { from, length } = doc.line(line + 1);
  return from + Math.max(0, Math.min(col, length));
}

export function toPosition(doc, offset) {
  const line = doc.lineAt(offset);
  return { line: line.number - 1, col: offset - line.from };
}

export function toRange(doc, { fromLine, fromCol, toLine, toCol }) {
  const from = toOffset(doc, fromLine, fromCol);
  return { from, to: Math.max(from, toOffset(doc, toLine, toCol)) };
}

export function toChanges(state, changes) {
  return changes.map((change) => ({ ...toRange(state.doc, change), insert: state.toText(change.insert) }));
}

export function fromChanges(transaction) {
  const before = transaction.startState.doc;
  const changes = [];
  transaction.changes.iterChanges((fromA, toA, _fromB, _toB, inserted) => {
    const from = toPosition(before, fromA);
    const to = toPosition(before, toA);
    changes.push({
      fromLine: from.line,
      fromCol: from.col,
      toLine: to.line,
      toCol: to.col,
      insert: inserted.sliceString(0, inserted.length, "\n"),
    });
  });
  return changes;
}
