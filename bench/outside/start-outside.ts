import { join } from "node:path";
import type { Context } from "#bench/bench";
import { startProcess } from "#bench/start-process";
import type { World } from "./world.ts";

export type Order = { id: number; name: keyof World; input: unknown };
export type Outcome = { id: number; result?: unknown; failure?: string };

/** The world outside the server, in a process of its own. */
export type Outside = {
  pid: number;
  order<Name extends keyof World>(
    name: Name,
    ...input: Parameters<World[Name]>
  ): Promise<Awaited<ReturnType<World[Name]>>>;
};

export async function startOutside(context: Context): Promise<Outside> {
  const { child } = await startProcess(context, join(import.meta.dirname, "outside.process.ts"));
  const waiting = new Map<number, (outcome: Outcome) => void>();
  let orders = 0;
  child.on("message", (outcome: Outcome) => {
    waiting.get(outcome.id)?.(outcome);
    waiting.delete(outcome.id);
  });
  child.once("exit", () => {
    for (const [id, tell] of waiting) tell({ id, failure: "the outside world is gone" });
  });
  return {
    pid: Number(child.pid),
    order: (name, ...[input]) =>
      new Promise((resolve, reject) => {
        const id = ++orders;
        waiting.set(id, ({ result, failure }) => {
          if (failure === undefined) resolve(result as Awaited<ReturnType<World[typeof name]>>);
          else reject(new Error(failure));
        });
        child.send({ id, name, input } satisfies Order);
      }),
  };
}
