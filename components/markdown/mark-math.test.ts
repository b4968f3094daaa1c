import { describe, expect, test } from "vitest";
import { markMath } from "./mark-math.ts";

describe("a whole text", () => {
  test.each([
    "$5 and $6",
    "between $5-$6, or US$7",
    "It costs $20, not $30.",
    "A$ and B$",
    "$HOME/$PATH",
    "$ x $",
    "one $",
  ])("prices and names are no math: %s", (text) => {
    expect(markMath(text)).toBe(text.replaceAll("$", "\\$"));
  });

  test.each([
    ["$x$", "$x$"],
    ["for $O(n \\log n)$ steps", "for $O(n \\log n)$ steps"],
    ["$a$, $b$ and $5", "$a$, $b$ and \\$5"],
    ["\\(a + b\\)", "$a + b$"],
    ["\\[a\\]", "$$\na\n$$"],
    ["before\n\\[\na\n\\]\nafter", "before\n$$\na\n$$\nafter"],
    ["  \\[ a \\]", "  $$\n  a\n  $$"],
    ["$$E = mc^2$$", "$$\nE = mc^2\n$$"],
    ["so $$a$$ it is", "so $$a$$ it is"],
  ])("math is math: %j", (text, marked) => {
    expect(markMath(text)).toBe(marked);
  });

  test.each([
    "`$x$` and ``$y$``",
    "```sh\necho $HOME $x$\n```",
    "~~~\n\\(a\\)\n~~~",
    "https://here.example/?$a=$b",
    "[a link](https://here.example/$x$)",
    "\\$5 and \\\\(",
    "\\(half",
    "\\[half",
    "$$half",
  ])("what is code, an address, escaped or not closed stays as it is: %j", (text) => {
    expect(markMath(text)).toBe(text);
  });
});

describe("a text that is being written", () => {
  test.each([
    ["so \\(a + ", "so $a +$"],
    ["so \\(", "so "],
    ["\\[\nx = \\fr", "$$\nx = \\fr\n$$"],
    ["$$\nx", "$$\nx\n$$"],
    ["$$x$", "$$\nx\n$$"],
    ["so $x_1 +", "so $x_1 +$"],
    ["so $x", "so "],
    ["so $", "so "],
    ["it costs $5", "it costs \\$5"],
    ["the share of $AAPL is", "the share of \\$AAPL is"],
  ])("%j", (text, marked) => {
    expect(markMath(text, true)).toBe(marked);
  });
});
