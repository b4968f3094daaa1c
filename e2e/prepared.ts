import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { PINNED_NODE, ROOT } from "#scripts/settings";
import type { Api, SignedIn } from "./api.ts";
import { type Person, signedUp, somebody } from "./door.ts";

/** Settings of a server on which all states can be reached: a choice of models, tools, and time to look at what is stalled. */
export const PREPARED_ENV = {
  OPENAI_COMPATIBLE_BASE_URL: "http://localhost:9",
  OPENAI_COMPATIBLE_MODELS: "another",
  DEFAULT_MODEL: "demo/demo",
  MODEL_SILENCE_MS: "600000",
  MCP_SERVERS: JSON.stringify({
    notes: { command: PINNED_NODE, args: [join(ROOT, "lib/models/tools/mcp/stdio-server.fixture.ts")] },
  }),
};

/** Somebody with conversations of every kind, by what is in them. */
export type Prepared = { url: string; api: SignedIn; person: Person; conversations: Record<Kind, string> };

type Kind = "rich" | "thoughtful" | "answering" | "queued" | "failed" | "stopped" | "reworded";

const TITLES = [
  "Sourdough for beginners",
  "A letter to the landlord",
  "Why is the sky blue?",
  "Trip to Lisbon",
];

/** On a new server, so that its first account is the admin. */
export async function prepare(url: string): Promise<Prepared> {
  const person = { ...somebody("Ada Lovelace"), email: `ada.${randomUUID().slice(0, 4)}@example.com` };
  const api = await signedUp(url, person);
  for (const title of TITLES) await api.create({ title });
  const pinned = await api.create({ title: "Notes on the analytical engine" });
  await api.ask(`/api/conversations/${pinned.id}`, { method: "PATCH", body: { pinned: true } });

  const answered = async (title: string, prompt: string) => {
    const { id } = await api.create({ title });
    return { id, ended: await api.answered(id, prompt) };
  };
  const stalled = async (title: string) => {
    const { id } = await api.create({ title });
    return { id, sent: await api.send(id, "stall after 40, 0 ms apart") };
  };
  const stopped = await stalled("Counting, and stopped");
  await expect.poll(async () => JSON.stringify(await api.snapshot(stopped.id))).toContain("39 40");
  await api.cancel(stopped.sent.generationId);
  const reworded = await answered("Counting twice", "count to 12, 0 ms apart");
  await again(api, reworded.ended.message.id);
  const queued = await stalled("One after the other");
  await api.send(queued.id, "count to 3, 0 ms apart");
  return {
    url,
    api,
    person,
    conversations: {
      failed: (await answered("A provider that fails", "fail after 6, 0 ms apart")).id,
      thoughtful: (
        await answered("The time in Tokyo", "think 24, 0 ms apart, then what time is it in Asia/Tokyo")
      ).id,
      answering: (await stalled("Counting")).id,
      rich: (await answered("What can you do?", "what can you do?")).id,
      queued: queued.id,
      stopped: stopped.id,
      reworded: reworded.id,
    },
  };
}

async function again(api: Api, messageId: string): Promise<void> {
  const path = `/api/messages/${messageId}/regenerate`;
  const answer = await api.ask(path, { body: { id: randomUUID() } });
  if (answer.status !== 202) throw new Error(`there was no other answer: ${answer.status}`);
}
