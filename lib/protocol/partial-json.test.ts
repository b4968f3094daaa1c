import { parsePartialJson as parseAsSdk } from "ai";
import fc from "fast-check";
import { expect, test } from "vitest";
import { parsePartialJson } from "./partial-json.ts";

async function expectSameAsSdk(text: string) {
  expect(parsePartialJson(text)).toEqual((await parseAsSdk(text)).value);
}

test.each([
  "",
  " ",
  "nothing",
  '{"city": "Par',
  '{"city": "Paris", "da',
  '{"a": [1, {"b": t',
  '{"a": -',
  '{"a": 1.',
  '{"a": 1e+5',
  "[1e+5",
  "[1, -",
  "[1,]",
  '{"a":1,}',
  '{"a\\"b": 1',
  '{"a\\":1',
  '"half an escape \\u00',
  '"half an escape \\',
  '{"a":1} and more',
  "12 and more",
  "[tru",
  "[nul,",
  "[1 x",
  '{"a":xyz',
  '{"__proto__":{"x":1}',
  '{"\\u005f_proto__":1}',
  '{"a":[{"constructor":{"prototype":1}}]}',
  '{"constructor":1}',
  '{"__proto__x":"__proto__"}',
])("reads %j as the AI SDK reads it", expectSameAsSdk);

test("every beginning of a JSON text reads as the AI SDK reads it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.constantFrom(0, 2), async (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      for (let length = 0; length <= text.length; length++) await expectSameAsSdk(text.slice(0, length));
    }),
  );
});

test("any text, JSON or not, reads as the AI SDK reads it", async () => {
  const shard = fc.constantFrom(
    ...'{}[],:"\\-+.eE019 \nxu',
    '"a"',
    "true",
    "fal",
    "null",
    "\\u00e9",
    '"__proto__":',
    "\ud800",
  );
  const text = fc.array(shard, { maxLength: 25 }).map((shards) => shards.join(""));
  await fc.assert(fc.asyncProperty(text, expectSameAsSdk), { numRuns: 5000 });
});

test("a model that repeats an opening bracket for ever makes no value that cannot be written", () => {
  expect(parsePartialJson("[".repeat(100_000))).toBeUndefined();
  expect(parsePartialJson('{"a":'.repeat(100_000))).toBeUndefined();
  expect(JSON.stringify(parsePartialJson("[".repeat(400)))).toBe("[".repeat(400) + "]".repeat(400));
});
