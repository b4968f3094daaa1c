import assert from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hostileText, jsonValue } from "./arbitraries.ts";
import { encodeJson, storable } from "./storable.ts";

const harmless = (text: string) => text.replaceAll("\0", "\ufffd").toWellFormed();

test("any text comes back well formed and without NUL, and is otherwise unchanged", () => {
  fc.assert(
    fc.property(fc.oneof(hostileText, fc.string({ unit: "binary" })), (text) => {
      const kept = storable(text);
      expect(kept).toBe(harmless(text));
      expect(kept.isWellFormed()).toBe(true);
      expect(kept).not.toContain("\0");
    }),
  );
});

test("any value keeps its shape; texts and keys in it are made harmless", () => {
  const mapped = (value: unknown): unknown => {
    if (typeof value === "string") return harmless(value);
    if (Array.isArray(value)) return value.map(mapped);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [harmless(key), mapped(child)]));
  };
  fc.assert(
    fc.property(jsonValue, (value) => {
      assert.deepStrictEqual(storable(value), mapped(value));
    }),
  );
});

test.each([
  ["a NUL", "\0", '"\ufffd"'],
  ["half a pair", "\ud83d!", '"\ufffd!"'],
  ["the other half", "\ude00", '"\ufffd"'],
  ["a whole pair", "😀", '"😀"'],
  ["a text about escapes", "\\u0000 \\ud83d", '"\\\\u0000 \\\\ud83d"'],
  ["a backslash before a NUL", "\\\0", '"\\\\\ufffd"'],
  ["two backslashes before a NUL", "\\\\\0", '"\\\\\\\\\ufffd"'],
  ["a text about escapes beside a NUL", "\\u0000\0", '"\\\\u0000\ufffd"'],
  ["other control characters", "\u0001\u001f\n", '"\\u0001\\u001f\\n"'],
  ["a key", { "\0": "\ud800" }, '{"\ufffd":"\ufffd"}'],
  ["nothing", undefined, "null"],
])("%s is written so that it can be stored", (_, value, text) => {
  expect(encodeJson(value)).toBe(text);
});

test("text that is harmless already is passed on as it is", () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const value: unknown = JSON.parse(json.replaceAll("\\u0000", ""));
      expect(encodeJson(value)).toBe(JSON.stringify(value).toWellFormed());
    }),
  );
});
