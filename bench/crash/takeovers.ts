import postgres from "postgres";
import { signIn } from "#bench/outside/ask";
import { startCounting } from "./counting.ts";
import type { Instances } from "./instances.ts";
import { inRounds, type Place, type Rounds } from "./rounds.ts";

/** Whoever writes is killed, the other instance goes on, and the killed one comes back for the next round. */
export async function measureTakeovers(place: Place, instances: Instances): Promise<Rounds> {
  const { databaseUrl, all, startAgain } = instances;
  const result: Rounds = {
    what: "first new word on the other instance, after kill -9",
    timesMs: [],
    missed: 0,
  };
  const cookie = await signIn(all.get("left")?.url ?? "");
  await inRounds(place, async (round) => {
    const urls = [...all.values()].map(({ url }) => url);
    const [sendTo = "", other = ""] = round % 2 === 0 ? urls : urls.toReversed();
    const counting = await startCounting({ sendTo, readAt: [other, sendTo], cookie });
    const writer = await findWriter(databaseUrl, counting.generationId);
    const survivor = [...all].find(([id]) => id !== writer)?.[1].url ?? "";
    const killedAtMs = performance.now();
    all.get(writer)?.kill("SIGKILL");
    await counting.reader.until(({ attempts, word }) => attempts === 1 && word > 0);
    result.timesMs.push(performance.now() - killedAtMs);
    result.missed += await counting.stop(survivor);
    await all.get(writer)?.stop(); // It is gone; this removes what it left behind.
    await startAgain(writer);
    place.context.say(`killed ${writer}: ${Math.round(result.timesMs.at(-1) ?? 0)} ms`);
  });
  return result;
}

/** The instance that holds the pen; a worker's id begins with its instance's. */
async function findWriter(databaseUrl: string, generationId: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1 });
  const [row] = await sql<{ writer: string }[]>`
    select split_part(worker_id, ':', 1) as writer from logs where generation_id = ${generationId}`;
  await sql.end();
  if (!row) throw new Error(`nobody writes ${generationId}`);
  return row.writer;
}
