import { openingMark } from "./fence.ts";

/** What is known of a text up to a line: where the block began that the line may end, and what that block is in. */
type State = {
  /** Where the newest block begins. */
  start: number;
  /** The marks that close what is open: a fence of code, or math that stands alone. */
  fence?: string | undefined;
  /** Whether that is within an item of a list, with which it ends. */
  fenceInItem: boolean;
  /** Elements of HTML that are open, outermost first. */
  tags: string[];
  comment: boolean;
  /** How far what belongs to an item of the block's list is set in; 0 without a list. One goes on over blank lines. */
  list: number;
  /** Whether the line before was blank. */
  blank: boolean;
};

/** HTML that is never closed would keep all that follows in one block; after so much it is let go. */
const HTML_MAX_LENGTH = 20_000;

const MATH = /^ {0,3}(\${2,})[^$]*$/;
const MATH_BRACKET = /^ {0,3}\\\[(?!.*\\\])/;
const ITEM = /^ {0,3}([-*+]|\d{1,9}[.)])(\s|$)/;
const HTML = /^ {0,3}<[/a-z!?]/i;
const TAG = /<(\/?)([a-z][\w-]*)(?=[\s>/]|$)([^>]*)(>|$)/gi;
const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;

/**
 * Splits a text into blocks that can each be set on their own. It is given the text again and again as the text grows,
 * and reads no finished line twice; however it came, the same text is split in the same places. It splits only where
 * a blank line ends all that is open, so a block may hold more than it must, and never less.
 */
export function createSplitter(): (text: string) => string[] {
  let read = "";
  let at = 0;
  let done: string[] = [];
  let state = beginning();

  return (text) => {
    if (!text.startsWith(read)) {
      at = 0;
      done = [];
      state = beginning();
    }
    read = text;
    for (let end = endOfLine(text, at); end !== undefined; end = endOfLine(text, at)) {
      if (takeLine(state, text.slice(at, end), at)) {
        done.push(text.slice(state.start, at));
        state.start = at;
      }
      at = end;
    }
    // The last line may still grow into something else, so nothing of it is kept.
    const last = text.slice(at);
    const begins = last !== "" && takeLine({ ...state, tags: [...state.tags] }, last, at);
    const rest = begins ? [text.slice(state.start, at), last] : [text.slice(state.start)];
    return [...done, ...rest.filter((block) => block !== "")];
  };
}

const beginning = (): State => ({
  start: 0,
  fenceInItem: false,
  tags: [],
  comment: false,
  list: 0,
  blank: false,
});

/** Where the next line begins; undefined while this one may still grow. */
function endOfLine(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    const letter = text[at];
    if (letter === "\n") return at + 1;
    if (letter === "\r" && at + 1 < text.length) return text[at + 1] === "\n" ? at + 2 : at + 1;
  }
  return undefined;
}

/** Reads one line. @returns whether a new block begins with it */
function takeLine(state: State, whole: string, at: number): boolean {
  const line = whole.replace(/[\r\n]+$/, "");
  const isBlank = line.trim() === "";
  if (state.fence !== undefined && state.fenceInItem && !isBlank && indentOf(line) < state.list) {
    state.fence = undefined;
  }
  if (state.fence !== undefined) {
    if (closes(state.fence, line)) state.fence = undefined;
    return false;
  }
  if (isBlank) {
    state.blank = true;
    return false;
  }
  if (at - state.start > HTML_MAX_LENGTH) Object.assign(state, { tags: [], comment: false });
  const isIn = state.tags.length > 0 || state.comment;
  const begins = state.blank && !isIn && /^\S/.test(line) && !(state.list > 0 && ITEM.test(line));
  state.blank = false;
  if (begins) state.list = 0;
  takeItem(state, line);
  if (!isIn) state.fence = opens(line);
  state.fenceInItem = state.list > 0 && indentOf(line) >= state.list;
  if (isIn || HTML.test(line)) takeHtml(state, line);
  return begins;
}

/** What stands furthest out gives the list its measure. */
function takeItem(state: State, line: string): void {
  const [whole] = ITEM.exec(line) ?? [];
  if (whole === undefined || (state.list > 0 && indentOf(line) >= state.list)) return;
  state.list = whole.trimEnd().length + 1;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function opens(line: string): string | undefined {
  return openingMark(line) ?? MATH.exec(line)?.[1] ?? (MATH_BRACKET.test(line) ? "\\]" : undefined);
}

function closes(fence: string, line: string): boolean {
  const mark = line.trim();
  if (fence === "\\]") return mark.includes(fence);
  // Math may also end behind its last line.
  if (fence.startsWith("$")) return mark.endsWith(fence);
  return (
    /^ {0,3}\S/.test(line) && mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length)
  );
}

function takeHtml(state: State, line: string): void {
  const opened = line.lastIndexOf("<!--");
  const closed = line.lastIndexOf("-->");
  if (opened !== closed) state.comment = opened > closed;
  if (state.comment) return;
  for (const [, slash, name = "", rest = ""] of line.matchAll(TAG)) {
    if (VOID.test(name) || rest.endsWith("/")) continue;
    const tag = name.toLowerCase();
    if (!slash) state.tags.push(tag);
    else if (state.tags.includes(tag)) state.tags.length = state.tags.lastIndexOf(tag);
  }
}
