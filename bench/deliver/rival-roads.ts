import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../bench.ts";
import { sayPrompt } from "../provider.ts";
import { startProcess } from "../start-process.ts";
import { NO_REDIS, startRedis } from "../start-redis.ts";
import { versionOf } from "../version-of.ts";
import { createEar, type Ear } from "./ear.ts";
import type { Road } from "./road.ts";
import { textOf } from "./ui-stream.ts";

export const DIRECT = "direct pipe, by HTTP";
const ASK_AGAIN_MS = 5;

/** What is quicker because it keeps nothing, and what keeps it in memory. */
export async function openRivalRoads(
  context: Context,
  providerUrl: string,
): Promise<{ roads: Road[]; notes: string[] }> {
  const place = (script: string) => join(import.meta.dirname, script);
  const direct = await startProcess<string>(context, place("direct.process.ts"), [providerUrl]);
  const roads: Road[] = [
    {
      name: DIRECT,
      travel: async (speech) => heard(await fetch(direct.ready, { method: "POST", body: sayPrompt(speech) })),
    },
  ];
  const redisUrl = await startRedis(context);
  if (!redisUrl) return { roads, notes: [NO_REDIS] };

  context.uses("resumable-stream", versionOf("resumable-stream"));
  const settings = [providerUrl, redisUrl];
  const { ready: asked } = await startProcess<string>(context, place("resumable.process.ts"), settings);
  const { ready: other } = await startProcess<string>(context, place("resumable.process.ts"), settings);
  const ask = (id: string, prompt: string) => fetch(`${asked}/${id}`, { method: "POST", body: prompt });
  roads.push(
    {
      name: "resumable-stream, by HTTP",
      travel: async (speech) => heard(await ask(randomUUID(), sayPrompt(speech))),
    },
    {
      name: "resumable-stream, joined at another server",
      async travel(speech) {
        const id = randomUUID();
        const own = ask(id, sayPrompt(speech)).then(heard);
        const [ear] = await Promise.all([joined(`${other}/${id}`).then(heard), own]);
        return ear;
      },
    },
  );
  return { roads, notes: [] };
}

async function heard(response: Response): Promise<Ear> {
  const ear = createEar();
  for await (const text of textOf(response)) ear.hear(text);
  return ear;
}

/** Asks until the answer has begun. */
async function joined(url: string): Promise<Response> {
  for (;;) {
    const response = await fetch(url);
    if (response.status !== 204) return response;
    await pause(ASK_AGAIN_MS);
  }
}
