import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { ask, signIn } from "#bench/outside/ask";
import type { PacedProvider } from "#bench/outside/paced-provider";
import type { Sent } from "#lib/protocol/api";
import type { Instances } from "./instances.ts";
import { inRounds, type Place, type Rounds } from "./rounds.ts";

/** Before anybody presses Stop: the answer is under way, or the provider has it and says nothing. */
const LOOK_ON_MS = 100;

/** Stops answers of a provider that ends nothing by itself. */
export async function measureCancels(
  place: Place,
  { all }: Instances,
  provider: PacedProvider,
): Promise<Rounds[]> {
  const [sendTo = "", other = ""] = [...all.values()].map(({ url }) => url);
  const cookie = await signIn(sendTo);

  async function stopOne({ model, stopAt }: { model: string; stopAt: string }): Promise<number> {
    const asked = provider.nextPrompt();
    const { body } = await ask<Sent>({
      url: `${sendTo}/api/conversations/${randomUUID()}/messages`,
      method: "POST",
      cookie,
      body: { id: randomUUID(), text: "Say as much as you like.", model: `openai-compatible/${model}` },
    });
    await asked;
    await pause(LOOK_ON_MS);
    const hungUp = provider.nextHangUp();
    const stoppedAtMs = performance.now();
    await ask({
      url: `${stopAt}/api/generations/${body.generationId}/cancel`,
      method: "POST",
      cookie,
      body: {},
    });
    return (await hungUp) - stoppedAtMs;
  }

  const kinds = [
    { what: "provider's request closed, after a Stop", model: "paced", stopAt: sendTo },
    { what: "the same, before the first word", model: "held", stopAt: sendTo },
    { what: "the same, stopped at the other instance", model: "paced", stopAt: other },
  ];
  const results: Rounds[] = [];
  for (const { what, ...kind } of kinds) {
    const result: Rounds = { what, timesMs: [], missed: 0 };
    await stopOne(kind); // Compiles.
    await inRounds(place, async () => void result.timesMs.push(await stopOne(kind)));
    results.push(result);
  }
  return results;
}
