import { expect, test } from "vitest";
import { createDrafts } from "./drafts.ts";
import { createFakeStorage } from "./fake-storage.ts";
import { createShelf } from "./shelf.ts";

test("what is put on a shelf is there for the next page", () => {
  const storage = createFakeStorage();
  createShelf(storage, "rejoin.a.").write("draft.new", "hello");
  expect(createShelf(storage, "rejoin.a.").read("draft.new")).toBe("hello");
});

test("accounts that share a browser see nothing of each other", () => {
  const storage = createFakeStorage();
  const [ada, ben] = [createShelf(storage, "rejoin.a."), createShelf(storage, "rejoin.b.")];
  ada.write("draft.new", "hello");
  expect(ben.read("draft.new")).toBeUndefined();
  expect(ben.names()).toEqual([]);
  expect(ada.names()).toEqual(["draft.new"]);
});

test("a full storage keeps nothing and harms nothing", () => {
  const shelf = createShelf(createFakeStorage({ roomFor: 3 }), "");
  expect(shelf.write("draft.new", "hello")).toBe(false);
  expect(shelf.read("draft.new")).toBeUndefined();
});

test("a forbidden storage keeps nothing and harms nothing", () => {
  const shelf = createShelf(createFakeStorage({ forbidden: true }), "");
  expect(shelf.write("draft.new", "hello")).toBe(false);
  expect(shelf.read("draft.new")).toBeUndefined();
  expect(shelf.names()).toEqual([]);
  shelf.remove("draft.new");
});

test("a draft survives a reload, and an empty one leaves nothing behind", () => {
  const shelf = createShelf(createFakeStorage(), "");
  createDrafts(shelf).write("new", "half a tho");
  expect(createDrafts(shelf).read("new")).toBe("half a tho");
  createDrafts(shelf).write("new", "");
  expect(createDrafts(shelf).read("new")).toBe("");
  expect(shelf.names()).toEqual([]);
});
