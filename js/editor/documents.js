// YAML's syntax, document by document: an edit in one of 3,000 is read again in that one.
//
// Lezer's parser reuses what it knows within a document, but not across documents: after one letter it read all of
// them again (90 ms for 440 KB), within the keystroke.
import { yamlLanguage } from "@codemirror/lang-yaml";
import { Language, LanguageSupport } from "@codemirror/language";
import { NodeType, Parser, Tree, TreeFragment } from "@lezer/common";

/** How much text is looked through at once for the next document. */
const BLOCK = 16 * 1024;
/** A line that begins a document; it does so wherever it stands, in a block of text too. */
const BEGINS = /\n---(?=[ \t\n])/;
/** What may follow a document changes where it ends: `\n---` and one more. */
const AHEAD = 5;

class Documents extends Parser {
  constructor(inner) {
    super();
    this.inner = inner;
  }

  createParse(input, fragments, ranges) {
    return new Parse(this.inner, input, fragments, ranges[ranges.length - 1].to);
  }
}

class Parse {
  constructor(inner, input, fragments, end) {
    Object.assign(this, { inner, input, fragments, end });
    this.documents = [];
    this.starts = [];
    this.parsedPos = 0;
    this.stoppedAt = null;
    // The document being read.
    this.reading = null;
    this.start = 0;
    // Where the last one was found among the fragments and in their trees: the next is behind it.
    this.fragment = 0;
    this.child = 0;
  }

  stopAt(position) {
    this.stoppedAt = position;
    this.reading?.stopAt(position);
  }

  advance() {
    const end = Math.min(this.stoppedAt ?? this.end, this.end);
    if (this.reading) {
      const tree = this.reading.advance();
      this.parsedPos = tree ? this.start + tree.length : this.reading.parsedPos;
      if (tree) {
        this.reading = null;
        // Without a name: it is no Stream in a Stream.
        this.add(this.start, new Tree(NodeType.none, tree.children, tree.positions, tree.length));
      }
    } else if (this.parsedPos < end) {
      const known = this.known(this.parsedPos);
      this.start = this.parsedPos;
      if (known) {
        this.add(this.start, known);
        this.parsedPos += known.length;
      } else {
        this.stop = this.endOfDocument(this.start);
        this.reading = this.inner.startParse(this.input, this.within(this.start, this.stop), [{ from: this.start, to: this.stop }]);
        if (this.stoppedAt !== null) this.reading.stopAt(this.stoppedAt);
      }
      return null;
    }
    if (this.reading || this.parsedPos < end) return null;
    return new Tree(this.inner.topNode, this.documents, this.starts, this.parsedPos);
  }

  add(start, tree) {
    this.documents.push(tree);
    this.starts.push(start);
  }

  /**
   * The document at `position` as it was read before, if nothing of it has changed, nor what it ends at. One that was
   * not read to its end is the last in its fragment, and that is open.
   */
  known(position) {
    while (this.fragment < this.fragments.length && this.fragments[this.fragment].to <= position) {
      this.fragment += 1;
      this.child = 0;
    }
    const fragment = this.fragments[this.fragment];
    if (!fragment || fragment.from > position) return null;
    const { children, positions } = fragment.tree;
    while (this.child < children.length && positions[this.child] < position + fragment.offset) this.child += 1;
    const tree = children[this.child];
    if (!tree || positions[this.child] !== position + fragment.offset) return null;
    const end = position + tree.length;
    const same = end + AHEAD <= fragment.to || (end === this.end && end === fragment.to && !fragment.openEnd);
    return same ? tree : null;
  }

  /** What was read before of the documents that stood between these two places. */
  within(from, to) {
    const inner = [];
    for (const fragment of this.fragments.slice(this.fragment)) {
      if (fragment.from >= to) break;
      const { children, positions } = fragment.tree;
      for (let at = lastUpTo(positions, Math.max(fragment.from, from) + fragment.offset); at < children.length; at++) {
        const offset = fragment.offset - positions[at];
        const start = Math.max(fragment.from, -offset, from);
        const end = Math.min(fragment.to, children[at].length - offset, to);
        if (start >= end) break;
        const [openStart, openEnd] = [fragment.openStart && start === fragment.from, end < to || fragment.openEnd];
        inner.push(new TreeFragment(start, end, children[at], offset, openStart, openEnd));
      }
    }
    return inner;
  }

  endOfDocument(start) {
    for (let at = start; at < this.end; at += BLOCK) {
      const to = Math.min(at + BLOCK + AHEAD, this.end);
      const found = BEGINS.exec(to === this.end ? `${this.input.read(at, to)}\n` : this.input.read(at, to));
      if (found) return at + found.index + 1;
    }
    return this.end;
  }
}

/** The last of ascending `positions` that is not behind `position`, or the first. */
function lastUpTo(positions, position) {
  let [low, high] = [0, positions.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (positions[middle] <= position) low = middle;
    else high = middle;
  }
  return low;
}

/** @param {Parser} inner  reads one document */
export const documents = (inner) => new Documents(inner);

/** YAML for the editor. */
export const yaml = new LanguageSupport(new Language(yamlLanguage.data, documents(yamlLanguage.parser), [], "yaml"));
