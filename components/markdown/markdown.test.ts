import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { CitedSources } from "./citation.tsx";
import { Markdown } from "./markdown.tsx";

const SOURCES = [{ title: "The first", address: "https://one.example/" }];

const set = (text: string, writing = false) =>
  renderToStaticMarkup(
    createElement(CitedSources, { value: SOURCES }, createElement(Markdown, { text, writing })),
  );

test("notes lead to their texts and back, wherever these are told", () => {
  const html = set("One[^b], two[^a], one again[^b], none[^c].\n\n[^a]: Of *two*.\n\nMore.\n\n[^b]: Of one.");
  const [, prefix] = /href="#(\w+)note-1"/.exec(html) ?? [];
  expect(html.match(/id="[^"]+"/g)).toEqual(
    ["from-1", "from-2", "note-1", "note-2"].map((name) => `id="${prefix}${name}"`),
  );
  expect(html).toContain("none[^c]");
  expect(html).toMatch(/<li id="\w+note-1" value="1"><p>Of one\.<\/p>/);
  expect(html).toMatch(/<li id="\w+note-2" value="2"><p>Of <em>two<\/em>\.<\/p>/);
  expect(html.indexOf("More.")).toBeLessThan(html.indexOf("Of one."));
});

test("a note whose text is yet to come has its number already", () => {
  expect(set("As told[^a].\n\nAnd", true)).toContain(">1</a></sup>.");
  expect(set("As told[^a].\n\nAnd")).toContain("[^a]");
});

test("links that are told of elsewhere lead there, and are their words until then", () => {
  const text = "See [the *page*][site].\n\nAnd";
  expect(set(text, true)).toContain("See <span>the <em>page</em></span>.");
  expect(set(`${text} so on.\n\n[site]: https://here.example/`)).toContain('href="https://here.example/"');
});

test("a number in brackets leads to its source, and is itself where there is none", () => {
  const html = set("As told [1], not [2], in `[1]`, [1](https://here.example) and a[1].");
  expect(html.match(/class="cited"/g)).toHaveLength(2);
  expect(html).toContain('href="https://one.example/"');
  expect(html).toContain("not [2],");
});

test("what the server draws has no styles, which the policy of the page would refuse", () => {
  const html = set(
    "| a | b |\n| --: | :-: |\n| 1 | 2 |\n\n$x$ and\n\n$$\nx\n$$\n\n\u05e9\u05dc\u05d5\u05dd\n\n- [x] done",
  );
  expect(html).not.toMatch(/style=|<style/);
  expect(html).toContain('<td data-align="right">1</td>');
  expect(html).toContain('<span class="formula stands-alone" tabindex="0" dir="ltr">');
  expect(html).toContain('<div dir="rtl"');
});

const GROWING = `So **very** *much* of ***it*** __all__ ~~gone~~, \`code\`, [a link](https://here.example/a_b), and so on,
[**bold** link](https://here.example), $a_1 * b_2$ and \\(c_3\\).

## A _heading_

* one **two**
* [ ] three

| *a* | \`b\` |
|:---|---:|
| **1** | 2[^n] |

$$
x_1 * y_1
$$

> **Quoted** 1[^n]

1. \`\`code\`\`

[^n]: A **note**.`;

test("at no letter that it grows by does a text show its signs", () => {
  const raw = Array.from(GROWING, (_, index) => {
    const html = set(GROWING.slice(0, index + 1), true);
    const words = html.replace(/<(pre|code)>[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, " ");
    return /[*_~`$\\|[\]]|^ *#|\]\(/m.test(words)
      ? `${GROWING.slice(0, index + 1).slice(-12)} → ${words.slice(-40)}`
      : "";
  }).filter(Boolean);
  expect(raw).toEqual([]);
});
