export type Fence = { language: string; code: string };

/**
 * Reads a block that is nothing but a fence of code, closed or not, as the parser would: long code is set anew with
 * each of its words, and this is all that there is to find out about it.
 */
export function readFence(text: string): Fence | undefined {
  const [, mark = "", info = "", body = ""] =
    /^(`{3,}(?=[^`\n]*(?:\n|$))|~{3,})([^\n]*)\n?([\s\S]*)$/.exec(text) ?? [];
  if (mark === "" || text.includes("\r")) return undefined;
  const closed = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`, "m").exec(body);
  if (closed && body.slice(closed.index + closed[0].length).trim() !== "") return undefined;
  const [language = ""] = info.trim().split(/\s/, 1);
  if (/[\\&]/.test(language)) return undefined;
  return { language, code: trimEnd(closed ? body.slice(0, closed.index) : body) };
}

export const trimEnd = (code: string): string => code.replace(/\n+$/, "");

/** The mark that opens a fence of code in this line; undefined where none is opened. */
export const openingMark = (line: string): string | undefined =>
  /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1];

/** Whether the text ends in code that is not closed. */
export function hasOpenFence(text: string): boolean {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const mark = openingMark(line);
    if (open === undefined) open = mark;
    else if (mark?.startsWith(open.charAt(0)) && mark.length >= open.length && line.trim() === mark)
      open = undefined;
  }
  return open !== undefined;
}
