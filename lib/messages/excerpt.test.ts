import { expect, test } from "vitest";
import { excerptOf } from "./excerpt.ts";
import { termsOf } from "./search-terms.ts";

const excerpt = (text: string, typed: string) =>
  excerptOf(text, termsOf(typed))
    .map(({ text, hit }) => (hit ? `[${text}]` : text))
    .join("");

test("what was looked for is marked, words where they begin, in any case", () => {
  expect(excerpt("Plan the planting, unplanned", "plan")).toBe("[Plan] the [plan]ting, unplanned");
  expect(excerpt("one\n\n  two   three", '"two three" ONE')).toBe("[one] [two three]");
  expect(excerpt("x <b>(a+b)*</b>", "(a+b)*")).toBe("x <b>[(a+b)*]</b>");
  expect(excerpt("hello there", "nowhere")).toBe("hello there");
});

test("the signs of markdown are left out, unless they are what was looked for", () => {
  const text = "## A table\n\n| word | **count** |\n| --- | --- |\n| `one` | 1 |";
  expect(excerpt(text, "count")).toBe("A table word [count] one 1");
  expect(excerpt(text, '"**count**"')).toContain("[**count**]");
});

test("of the markdown of a message no more is read than what is around the hit", () => {
  // In code stars are stars, and here it began too far away to be known.
  const far = "a line of code\n".repeat(100);
  expect(excerpt(`\`\`\`\n**needle**\n${far}\`\`\``, "needle")).toContain("**[needle]**");
  expect(excerpt(`\`\`\`\n${far}**needle**\n\`\`\``, "needle")).toMatch(/code \[needle\]/);
});

test("of a long message the words around the first hit are shown", () => {
  const long = `${"before ".repeat(100)}needle ${"after ".repeat(100)}`;
  const shown = excerpt(long, "needle");
  expect(shown).toMatch(/^… (before )+\[needle\] (after ?)+ …$/);
  expect(shown.length).toBeLessThan(200);
  expect(excerpt(long, "bef")).toMatch(/^\[bef\]ore .* …$/);
});

test("no letter is cut in half, and a text without spaces has its place too", () => {
  const shown = excerpt(`${"🦆".repeat(200)}x${"🦆".repeat(200)}`, "🦆x");
  expect(shown.isWellFormed()).toBe(true);
  expect(shown).toContain("[🦆x]");
});
