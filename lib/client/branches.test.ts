import { expect, test } from "vitest";
import type { Message } from "#lib/protocol/event";
import { versionsIn } from "./branches.ts";

const message = (id: string, role: Message["role"], parentId: string | null, second: number): Message => ({
  id,
  role,
  parentId,
  conversationId: "of all",
  parts: [],
  createdAt: new Date(second * 1_000).toISOString(),
});

test("the versions of a message are those of its role at its place, oldest first", () => {
  const prompt = message("a", "user", null, 1);
  const reworded = message("b", "user", null, 4);
  const answer = message("c", "assistant", "a", 3);
  const earlier = message("d", "assistant", "a", 2);
  const versionsOf = versionsIn([prompt, answer, earlier, reworded]);
  expect([prompt, reworded, answer].map(versionsOf)).toEqual(["a b", "a b", "d c"]);
});
