const TOKEN =
  /^( {0,3}(`{3,}|~{3,}))[^\n]*(?:\n[\s\S]*?(?:^ {0,3}\2[`~]*[ \t]*$|$(?![\s\S]))|$)|(`+)(?:[^`][\s\S]*?)?(?<!`)\3(?!`)|https?:\/\/[^\s<]+|<[a-z/!][^>\n]*>|\]\([^)\s]*\)|\\[([]|\\[\s\S]|\${1,}/gim;

/** What makes it likely that half of something is math, and not what a shell or a shop would write. */
const MATHY = /[\\^_={}]/;

/**
 * Writes all math of a block in the one way that the parser takes, `$` in a line and `$$` on lines of their own, and
 * takes its meaning from every other `$`, as that of a price. Models also write `\(` and `\[`.
 *
 * @param writing whether the text may end in the middle, so that its last formula is closed for it
 */
export function markMath(text: string, writing = false): string {
  if (!/[$]|\\[([]/.test(text)) return text;
  let marked = "";
  let from = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [token] = match;
    const opened = /^(\$+|\\[([])$/.test(token) ? read(text, match.index, token, writing) : undefined;
    marked += text.slice(from, match.index) + (opened?.marked ?? token);
    from = opened?.end ?? match.index + token.length;
    TOKEN.lastIndex = from;
  }
  return marked + text.slice(from);
}

type Formula = { marked: string; end: number };

function read(text: string, at: number, token: string, writing: boolean): Formula {
  if (token === "$") return readDollar(text, at, writing);
  const close = token === "\\(" ? "\\)" : token === "\\[" ? "\\]" : token;
  const from = at + token.length;
  const found = text.indexOf(close, from);
  const isOpen = found < 0;
  if (isOpen && !writing) return { marked: token, end: from };
  const content = (isOpen ? text.slice(from).replace(/[$\\]+$/, "") : text.slice(from, found)).trim();
  const end = isOpen ? text.length : found + close.length;
  if (content === "") return { marked: isOpen ? "" : text.slice(at, end), end };
  if (token === "\\(") return { marked: inLine(content), end };
  const before = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, at));
  const standsAlone = before && /^[ \t]*(?:\n|$)/.test(text.slice(end));
  if (!standsAlone) return { marked: `$$${content.replace(/\s*\n\s*/g, " ")}$$`, end };
  const lines = [
    "$$",
    ...content
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean),
    "$$",
  ];
  return { marked: lines.join(`\n${before[1] ?? ""}`), end };
}

const inLine = (content: string) =>
  content.includes("$") ? `$$${content}$$` : `$${content.replace(/\s*\n\s*/g, " ")}$`;

/** As Pandoc reads it: no space within the dollars, nothing outside that a price or a name would have. */
function readDollar(text: string, at: number, writing: boolean): Formula {
  const plain = { marked: "\\$", end: at + 1 };
  const rest = text.slice(at + 1).split(/\n\s*\n/, 1)[0] ?? "";
  const before = text[at - 1] ?? " ";
  if (rest === "" && writing && at + 1 === text.length) return { marked: "", end: at + 1 };
  if (!/^[^\s$]/.test(rest) || /[\p{L}\p{N}$]/u.test(before)) return plain;
  const closed = /^((?:\\.|[^\\$`])*?(?:\\.|[^\s\\$`]))\$(?![\p{L}\p{N}$])/su.exec(rest);
  if (closed) return { marked: `$${closed[1]}$`, end: at + 1 + closed[0].length };
  const isLast = writing && at + 1 + rest.length === text.length && !/[$`]/.test(rest) && !/^\d/.test(rest);
  if (!isLast) return plain;
  if (MATHY.test(rest)) return { marked: `$${rest.replace(/[\s\\]+$/, "")}$`, end: text.length };
  return /\s/.test(rest) ? plain : { marked: "", end: text.length };
}
