import { expect, test } from "vitest";
import { withoutNames } from "./without-names.ts";

test("an answer cannot take the names of our own elements, and keeps its footnotes", () => {
  const footnote = { properties: { id: "user-content-fn-1" } };
  const impostor = { properties: { id: "main", name: "main", title: "kept" } };
  withoutNames()({ children: [footnote, { children: [impostor] }] });
  expect(footnote.properties).toEqual({ id: "user-content-fn-1" });
  expect(impostor.properties).toEqual({ title: "kept" });
});
