import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonValue } from "./arbitraries.ts";
import { createElementSplitter, NotJson } from "./json-elements.ts";

function elementsOf(text: string, sizes: number[] = [7], maxBytes?: number): string[] {
  const bytes = new TextEncoder().encode(text);
  const splitter = createElementSplitter(maxBytes);
  const elements: string[] = [];
  for (let at = 0, turn = 0; at < bytes.byteLength; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    elements.push(...splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  splitter.end();
  return elements;
}

const thing = jsonValue.filter((value) => typeof value === "object" && value !== null);

test("an array comes apart into its elements, however it is cut", () => {
  fc.assert(
    fc.property(
      fc.array(thing, { maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(undefined, 1),
      (values, sizes, indent) => {
        const elements = elementsOf(JSON.stringify(values, null, indent), sizes);
        // As text: Node's parser mistakes some keys.
        expect(elements.map((text) => text.replace(/\s/g, ""))).toEqual(
          values.map((value) => JSON.stringify(value, null, indent).replace(/\s/g, "")),
        );
      },
    ),
  );
});

test.each([
  ["an object is its own only element", '{"a":["]",{"b":"\\"}"}]}', ['{"a":["]",{"b":"\\"}"}]}']],
  ["of nothing there is nothing", " [ ] ", []],
  ["a mark before it says nothing", "\ufeff[{}]", ["{}"]],
  ["what follows it is not read", "[{}] and more", ["{}"]],
  ["words stay whole, in every alphabet", '["é😀","\u2028"]', ['"é😀"', '"\u2028"']],
])("%s", (_, text, elements) => {
  expect(elementsOf(text, [1])).toEqual(elements);
});

test.each(["", "words", "<html>", "12", "[{}", '{"a":"', '["'])("%j is no such file", (text) => {
  expect(() => elementsOf(text)).toThrow(NotJson);
});

test("an element that is larger than there is room for is refused before it is kept", () => {
  expect(() => elementsOf(JSON.stringify(["x".repeat(100)]), [10], 50)).toThrow(/larger than/);
});
