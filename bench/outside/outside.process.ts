import { sayReady } from "#bench/say-ready";
import type { Order, Outcome } from "./start-outside.ts";
import { createWorld } from "./world.ts";

// A process of its own, so that what it costs is told apart from what it measures.
const world = createWorld();

process.on("message", async ({ id, name, input }: Order) => {
  const outcome = await Promise.try(world[name] as (input: unknown) => unknown, input).then(
    (result): Outcome => ({ id, result }),
    (error): Outcome => ({ id, failure: String(error?.stack ?? error) }),
  );
  process.send?.(outcome);
});
sayReady(undefined);
