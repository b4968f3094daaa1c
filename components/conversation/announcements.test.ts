import { expect, test } from "vitest";
import type { Generation, Message } from "#lib/protocol/event";
import { announcementsOf, knownOf } from "./announcements.ts";

const TIME = "2026-01-01T00:00:00.000Z";

const answer = (id: string, text: string): Message => ({
  id,
  conversationId: "c",
  parentId: null,
  role: "assistant",
  parts: [{ type: "text", text }],
  createdAt: TIME,
});
const generation = (messageId: string, status: Generation["status"]): Generation => ({
  id: `of ${messageId}`,
  conversationId: "c",
  messageId,
  model: "demo/demo",
  status,
  attempt: 1,
  createdAt: TIME,
});

function viewOf(path: Message[], generations: Generation[], current?: Generation) {
  const conversation = {
    id: "c",
    title: "",
    model: null,
    instructions: null,
    pinned: false,
    archived: false,
    leafId: null,
    createdAt: TIME,
    updatedAt: TIME,
  };
  return {
    path,
    generation: current,
    snapshot: { conversation, messages: path, generations, sequence: 1 },
  };
}

const words = (before: ReturnType<typeof viewOf>, now: ReturnType<typeof viewOf>) =>
  announcementsOf(knownOf(before), now).map((said) => said.words);

test("an answer is begun, and then read once as it ended", () => {
  const running = generation("a", "running");
  const [none, begun] = [viewOf([], []), viewOf([answer("a", "")], [running], running)];
  const grown = viewOf([answer("a", "**One** two")], [running], running);
  const ended = viewOf([answer("a", "**One** two three")], [generation("a", "completed")]);
  expect(words(none, begun)).toEqual(["Answering."]);
  expect(words(begun, grown)).toEqual([]);
  expect(words(grown, ended)).toEqual(["One two three"]);
  expect(words(ended, ended)).toEqual([]);
});

test("of two that follow each other at once, the end of the one and the begin of the other are both said", () => {
  const first = generation("a", "running");
  const before = viewOf([answer("a", "1"), answer("b", "")], [first, generation("b", "queued")], first);
  const second = generation("b", "running");
  const now = viewOf([answer("a", "1"), answer("b", "")], [generation("a", "completed"), second], second);
  expect(words(before, now)).toEqual(["1", "Answering."]);
});

test("waiting, stopping and failing are said, and why", () => {
  const first = generation("a", "running");
  const one = viewOf([answer("a", "1")], [first], first);
  const two = viewOf([answer("a", "1"), answer("b", "")], [first, generation("b", "queued")], first);
  expect(words(one, two)).toEqual(["Your message waits for its turn."]);
  expect(words(one, viewOf([answer("a", "1")], [generation("a", "cancelled")]))).toEqual([
    "The answer was stopped.",
  ]);
  const failed = { ...generation("a", "failed"), error: { code: "x", detail: "The model is away." } };
  expect(words(one, viewOf([answer("a", "1")], [failed]))).toEqual(["The answer failed. The model is away."]);
});

test("nothing is said of a branch that is not shown", () => {
  const other = generation("b", "completed");
  expect(words(viewOf([], []), viewOf([answer("a", "1")], [other]))).toEqual([]);
});
