import { expect, test } from "vitest";
import { openParagraphs } from "./open-paragraphs.ts";

const element = (tagName: string, ...children: object[]) => ({ tagName, children });
const opened = (tree: object) => {
  openParagraphs()(tree);
  return tree;
};

test("a paragraph that holds a block, however deep, is a plain box", () => {
  expect(opened(element("p", element("em", element("table"))))).toEqual(
    element("div", element("em", element("table"))),
  );
});

test("other paragraphs stay what they are", () => {
  const tree = element("blockquote", element("p", element("em")), element("p"));
  expect(opened(structuredClone(tree))).toEqual(tree);
});
