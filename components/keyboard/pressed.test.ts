import { expect, test } from "vitest";
import { type Press, pressed } from "./pressed.ts";

const PLAIN = { isMac: false, isTaken: false, takesSingleKeys: true };
const NO_KEYS = { code: "", ctrlKey: false, metaKey: false, altKey: false, repeat: false };

const press = (key: string, more: Partial<Press> = {}): Press => ({ ...NO_KEYS, key, ...more });
const name = (given: Press, where: Partial<typeof PLAIN> = {}) =>
  pressed(given, { ...PLAIN, ...where })?.name;

test("Ctrl and K opens the palette, on a Mac ⌘ and K, also from a field and from another script", () => {
  expect(name(press("k", { ctrlKey: true }))).toBe("palette");
  expect(name(press("K", { ctrlKey: true }), { isTaken: true })).toBe("palette");
  expect(name(press("л", { ctrlKey: true, code: "KeyK" }))).toBe("palette");
  expect(name(press("k", { metaKey: true }), { isMac: true })).toBe("palette");
  // There it deletes to the end of the line.
  expect(name(press("k", { ctrlKey: true }), { isMac: true })).toBeUndefined();
  expect(name(press("k", { metaKey: true }))).toBeUndefined();
});

test("a single key is a shortcut where it is not typed, and where it is wanted", () => {
  expect(name(press("?"))).toBe("sheet");
  expect(name(press("k"))).toBe("previous");
  expect(name(press("?"), { isTaken: true })).toBeUndefined();
  expect(name(press("?"), { takesSingleKeys: false })).toBeUndefined();
  expect(name(press("n", { altKey: true }))).toBeUndefined();
  expect(name(press("n", { ctrlKey: true }))).toBeUndefined();
});

test("Escape types nothing, so it stops an answer from anywhere; what is held down counts once", () => {
  expect(name(press("Escape"), { isTaken: true, takesSingleKeys: false })).toBe("stop");
  expect(name(press("Escape", { repeat: true }))).toBeUndefined();
});

test("what a field does itself is left to it", () => {
  expect(name(press("Enter"))).toBeUndefined();
});
