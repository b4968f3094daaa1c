import remend from "remend";
import { hasOpenFence } from "./fence.ts";
import { markMath } from "./mark-math.ts";

/** What cannot be read as what it will be, and is kept back until it can. Each is the end of the text. */
const HALF = [
  /(?<=\n) {0,3}(?:`{1,2}|~{1,2})$/, // a fence
  /(?<=\n) {0,3}#{1,6}[ \t]*$/, // a heading
  /(?<=\n)[ \t]*(?:[-*+>]|\d{1,9}[.)]?)$/, // an item
  /(?<=(?:^|\n)[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t])\[[ xX]?\]?[ \t]?$/, // a task
  /(?:(?<=^|\n) {0,3}\[\^[^\]\s]*\]?|\[\^[^\]\s]*)$/, // a note, or where one is told
  /\[\d{0,3}$/, // a citation
];

/**
 * The block that is being written, as it will be once it is whole: nothing in it stands there as raw signs, to become
 * something else a moment later. What cannot be told yet is left out.
 */
export function completeTail(text: string): string {
  if (hasOpenFence(text)) return text.replace(/\n {0,3}(?:`{1,2}|~{1,2})$/, "\n");
  const kept = HALF.reduce((whole, half) => whole.replace(half, ""), text);
  return remend(markMath(completeTable(kept), true), { katex: false, inlineKatex: false });
}

const ROW = /^[ \t]*\|/;
const RULE = /^[ \t]*\|?[ \t:|-]*$/;

/** A table is one from its first bar on, not only once the line below its head is whole. */
function completeTable(text: string): string {
  const lines = text.split("\n");
  const last = lines.at(-1) ?? "";
  const above = lines.at(-2) ?? "";
  const before = lines.at(-3) ?? "";
  if (ROW.test(last) && above.trim() === "") {
    const head = `${last.replace(/[ \t]*\|?[ \t]*$/, "")} |`;
    return last.trim() === "|"
      ? lines.slice(0, -1).join("\n")
      : [...lines.slice(0, -1), head, rule(head)].join("\n");
  }
  if (ROW.test(above) && before.trim() === "" && RULE.test(last)) {
    return [...lines.slice(0, -1), rule(above)].join("\n");
  }
  return text;
}

const rule = (head: string) =>
  `|${" --- |".repeat(
    Math.max(
      1,
      head
        .trim()
        .replace(/^\||\|$/g, "")
        .split(/(?<!\\)\|/).length,
    ),
  )}`;
