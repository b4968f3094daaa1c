import { expect, test } from "vitest";
import { newId } from "#lib/protocol/ids";
import { createFakeStorage } from "./fake-storage.ts";
import { conversationsWithErrands, createOutbox, type Errand, type PromptErrand } from "./outbox.ts";
import { createShelf } from "./shelf.ts";

const conversationId = newId();
const openShelf = () => createShelf(createFakeStorage(), "rejoin.a.");

function promptErrand(text: string, bornMs: number): PromptErrand {
  const id = newId(bornMs);
  return { kind: "prompt", id, prompt: { id, parts: [{ type: "text", text }] } };
}

test("prompts and cancels come back after a reload, oldest first", () => {
  const shelf = openShelf();
  const [first, second] = [promptErrand("first", 1_000), promptErrand("second", 2_000)];
  const cancel: Errand = { kind: "cancel", id: newId(3_000) };
  for (const errand of [second, cancel, first]) createOutbox(shelf, conversationId).put(errand);
  expect(createOutbox(shelf, conversationId).load()).toEqual([first, second, cancel]);
});

test("a refused prompt comes back with the server's reason", () => {
  const shelf = openShelf();
  const errand: Errand = {
    ...promptErrand("x", 1),
    refused: { code: "too-large", detail: "Make it shorter" },
  };
  createOutbox(shelf, conversationId).put(errand);
  expect(createOutbox(shelf, conversationId).load()).toEqual([errand]);
});

test("what was delivered is gone, and each conversation has its own", () => {
  const shelf = openShelf();
  const errand = promptErrand("x", 1);
  const [outbox, other] = [createOutbox(shelf, conversationId), createOutbox(shelf, newId())];
  outbox.put(errand);
  expect(other.load()).toEqual([]);
  expect(conversationsWithErrands(shelf)).toEqual([conversationId]);
  outbox.remove(errand.id);
  expect(outbox.load()).toEqual([]);
  expect(conversationsWithErrands(shelf)).toEqual([]);
});

test("what the person discards in one tab is known to the others, until the next load", () => {
  const shelf = openShelf();
  const errand = promptErrand("x", 1);
  const [here, there] = [createOutbox(shelf, conversationId), createOutbox(shelf, conversationId)];
  here.put(errand);
  expect(there.wasDiscarded(errand.id)).toBe(false);
  here.discard(errand.id);
  expect(there.wasDiscarded(errand.id)).toBe(true);
  expect(conversationsWithErrands(shelf)).toEqual([]);
  expect(there.load()).toEqual([]);
  expect(shelf.names()).toEqual([]);
});

test("a storage that was emptied has discarded nothing", () => {
  expect(createOutbox(openShelf(), conversationId).wasDiscarded(newId())).toBe(false);
});

test("what another version wrote is not understood and not in the way", () => {
  const shelf = openShelf();
  const errand = promptErrand("x", 1);
  shelf.write(`outbox.${conversationId}.1`, "{not json");
  shelf.write(`outbox.${conversationId}.2`, JSON.stringify({ kind: "pigeon", id: newId() }));
  createOutbox(shelf, conversationId).put(errand);
  expect(createOutbox(shelf, conversationId).load()).toEqual([errand]);
});
