/** Beyond this depth a value can be parsed but no longer written: `JSON.stringify` recurses and runs out of stack. */
const NESTING_MAX = 500;

/**
 * The value of JSON text that is not all there yet, or undefined where none can be made of it. It gives what
 * `parsePartialJson` of the AI SDK gives, which is asynchronous and so cannot be part of a fold. Text that nests
 * deeper than anyone means it is not shown while it arrives.
 */
export function parsePartialJson(text: string): unknown {
  const completed = completeJson(text);
  if (completed === undefined) return undefined;
  return (parse(text) ?? parse(completed))?.value;
}

function parse(text: string): { value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return hasPrototypeKey(value) ? undefined : { value };
  } catch {
    return undefined; // Not JSON, or not yet: a value like any other here.
  }
}

/** Keys that would reach a prototype when the value is merged into another one day. The AI SDK refuses them too. */
function hasPrototypeKey(value: unknown): boolean {
  const waiting = [value];
  for (const node of waiting) {
    if (typeof node !== "object" || node === null) continue;
    if (Object.hasOwn(node, "__proto__")) return true;
    for (const [key, child] of Object.entries(node)) {
      if (typeof child !== "object" || child === null) continue;
      if (key === "constructor" && Object.hasOwn(child, "prototype")) return true;
      waiting.push(child);
    }
  }
  return false;
}

type State =
  | "value"
  | "first-item"
  | "after-item"
  | "first-key"
  | "next-key"
  | "key"
  | "colon"
  | "after-member"
  | "string"
  | "escape"
  | "unicode"
  | "number"
  | "literal"
  | "finished";

type Scan = {
  text: string;
  state: State;
  /** What closes the arrays and objects that are open, outermost first. */
  closers: string[];
  /** The text before this place can stand; what follows it is not whole. */
  end: number;
  literalStart: number;
  hexDigits: number;
};

const LITERALS = ["true", "false", "null"];
const STRING_STOP = /["\\]/g;

/** Drops what is half-written at the end and closes what is open. Text that is not JSON stays text that is not JSON. */
function completeJson(text: string): string | undefined {
  const scan: Scan = { text, state: "value", closers: [], end: 0, literalStart: 0, hexDigits: 0 };
  for (let at = 0; at < text.length; at++) {
    if (scan.state === "string") at = scan.end = endOfPlainText(text, at);
    if (at < text.length) read[scan.state](scan, text.charAt(at), at);
    if (scan.closers.length > NESTING_MAX) return undefined;
  }
  const quote = ["string", "escape", "unicode"].includes(scan.state) ? '"' : "";
  return text.slice(0, scan.end) + quote + restOfLiteral(scan) + scan.closers.reverse().join("");
}

/** Inputs are long because of the texts in them, and those are read at once and not by the character. */
function endOfPlainText(text: string, at: number): number {
  STRING_STOP.lastIndex = at;
  return STRING_STOP.exec(text)?.index ?? text.length;
}

function restOfLiteral({ text, state, literalStart }: Scan): string {
  if (state !== "literal") return "";
  const begun = text.slice(literalStart);
  return LITERALS.find((literal) => literal.startsWith(begun))?.slice(begun.length) ?? "";
}

/** What a character does in each state. One that has no meaning there is passed over; the parser will find it. */
const read: Record<State, (scan: Scan, char: string, at: number) => void> = {
  value: startValue,
  "first-item": (scan, char, at) => {
    if (char === "]") close(scan, at);
    else startValue(scan, char, at);
  },
  "after-item": (scan, char, at) => {
    if (char !== ",") scan.end = at + 1;
    separate(scan, char, at);
  },
  "first-key": (scan, char, at) => {
    if (char === "}") close(scan, at);
    else if (char === '"') scan.state = "key";
  },
  "next-key": (scan, char) => {
    if (char === '"') scan.state = "key";
  },
  key: (scan, char) => {
    if (char === '"') scan.state = "colon";
  },
  colon: (scan, char) => {
    if (char === ":") scan.state = "value";
  },
  "after-member": separate,
  string: (scan, char, at) => {
    if (char === "\\") scan.state = "escape";
    if (char === '"') endAt(scan, at);
  },
  escape: (scan, char, at) => {
    scan.state = char === "u" ? "unicode" : "string";
    scan.hexDigits = 0;
    if (char !== "u") scan.end = at + 1;
  },
  unicode: (scan, char, at) => {
    if (!/[0-9a-f]/i.test(char)) return;
    scan.hexDigits += 1;
    if (scan.hexDigits < 4) return;
    scan.state = "string";
    scan.end = at + 1;
  },
  number: (scan, char, at) => {
    if (isDigit(char)) scan.end = at + 1;
    else if (!"eE.-".includes(char)) endValue(scan, char, at);
  },
  literal: (scan, char, at) => {
    const begun = scan.text.slice(scan.literalStart, at + 1);
    if (LITERALS.some((literal) => literal.startsWith(begun))) scan.end = at + 1;
    else endValue(scan, char, at);
  },
  finished: () => {},
};

function startValue(scan: Scan, char: string, at: number): void {
  if (char === "-") scan.state = "number"; // A sign alone cannot stand.
  if (!'"{[tfn'.includes(char) && !isDigit(char)) return;
  scan.end = at + 1;
  scan.literalStart = at;
  if (char === '"') scan.state = "string";
  else if (char === "{") open(scan, "}", "first-key");
  else if (char === "[") open(scan, "]", "first-item");
  else scan.state = isDigit(char) ? "number" : "literal";
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

/** A number or a word ends where something else begins, and that something is read in the place around it. */
function endValue(scan: Scan, char: string, at: number): void {
  scan.state = afterValue(scan);
  separate(scan, char, at);
}

function separate(scan: Scan, char: string, at: number): void {
  const closer = scan.closers.at(-1);
  if (char === closer) close(scan, at);
  else if (char === "," && closer !== undefined) scan.state = closer === "}" ? "next-key" : "value";
}

function open(scan: Scan, closer: string, state: State): void {
  scan.closers.push(closer);
  scan.state = state;
}

function close(scan: Scan, at: number): void {
  scan.closers.pop();
  endAt(scan, at);
}

/** The value that ends here is whole. */
function endAt(scan: Scan, at: number): void {
  scan.end = at + 1;
  scan.state = afterValue(scan);
}

function afterValue({ closers }: Scan): State {
  const closer = closers.at(-1);
  if (closer === undefined) return "finished";
  return closer === "}" ? "after-member" : "after-item";
}
