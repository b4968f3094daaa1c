import { expect, test } from "vitest";
import { anotherAnswerIdOf, conversationIdOf, editIdOf, messageIdOf } from "./foreign-ids.ts";
import { idSchema, newId } from "./ids.ts";

const [accountId, another] = [newId(), newId()];
const place = { accountId, conversationId: newId() };

test("a foreign id is always the same UUID", async () => {
  for (const foreignId of ["1", "msg-Zk3fQ0aLx9", "größe / %41", "\u0000", "x".repeat(200)]) {
    const id = await conversationIdOf({ accountId, foreignId });
    expect(idSchema.parse(id)).toBe(id);
    expect(id[14], "made by a rule of our own: version 8").toBe("8");
    expect(await conversationIdOf({ accountId, foreignId })).toBe(id);
  }
});

test("a UUID stays itself, however it is written", async () => {
  const id = newId();
  expect(await conversationIdOf({ accountId, foreignId: id.toUpperCase() })).toBe(id);
  expect(await messageIdOf(place, id)).toBe(id);
});

test("no two accounts, conversations or meanings share what a foreign id becomes", async () => {
  const elsewhere = [place, { ...place, accountId: another }, { ...place, conversationId: newId() }];
  const ids = await Promise.all([
    conversationIdOf({ accountId, foreignId: "1" }),
    conversationIdOf({ accountId: another, foreignId: "1" }),
    ...elsewhere.map((where) => messageIdOf(where, "1")),
    ...elsewhere.map((where) => editIdOf(where, "1", "words")),
    ...elsewhere.map((where) => anotherAnswerIdOf(where, "1")),
    editIdOf(place, "1", "other words"),
    editIdOf(place, "2", "words"),
  ]);
  expect(new Set(ids).size).toBe(ids.length);
});
