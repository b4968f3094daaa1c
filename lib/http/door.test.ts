import { expect, test } from "vitest";
import { ownPath } from "./door.ts";

test.each([
  ["/conversations/1", "/conversations/1"],
  ["/settings?part=keys", "/settings?part=keys"],
  [undefined, "/"],
  ["", "/"],
  ["https://elsewhere.example/", "/"],
  ["//elsewhere.example", "/"],
  ["/\\elsewhere.example", "/"],
  ["/\t/elsewhere.example", "/"],
  ["javascript:alert(1)", "/"],
  [["/a", "/b"], "/"],
])("after the door of %j one comes to %s", (next, path) => {
  expect(ownPath(next)).toBe(path);
});
