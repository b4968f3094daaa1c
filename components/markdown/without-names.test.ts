import { expect, test } from "vitest";
import { withoutNames } from "./without-names.ts";

test("an answer cannot take the names of our own elements", () => {
  const impostor = { properties: { id: "main", name: "main", title: "kept" } };
  withoutNames()({ children: [{ children: [impostor] }] });
  expect(impostor.properties).toEqual({ title: "kept" });
});
