import { signIn } from "#bench/outside/ask";
import { startServer } from "#bench/start-server";
import { freePort } from "#scripts/free-port";
import { startCounting } from "./counting.ts";
import { inRounds, type Place, type Rounds } from "./rounds.ts";

/** One instance alone, killed in mid-answer and started again at the same address. */
export async function measureRestarts(place: Place): Promise<{ serving: Rounds; goingOn: Rounds }> {
  const { context, database } = place;
  const databaseUrl = await database.another();
  const env = { INSTANCE_ID: "only", PORT: String(await freePort()) };
  const start = () => startServer(context, { databaseUrl, env });
  let server = await start();

  const serving: Rounds = { what: "serving again, after kill -9 and a start", timesMs: [], missed: 0 };
  const goingOn: Rounds = { what: "first new word, after it serves again", timesMs: [], missed: 0 };
  const cookie = await signIn(server.url);
  await inRounds(place, async () => {
    const { reader, stop } = await startCounting({ sendTo: server.url, readAt: [server.url], cookie });
    const killedAtMs = performance.now();
    const killed = server;
    killed.kill("SIGKILL");
    await killed.exited;
    const wordAtMs = reader
      .until(({ attempts, word }) => attempts === 1 && word > 0)
      .then(() => performance.now());
    server = await start();
    const servingAtMs = performance.now();
    serving.timesMs.push(servingAtMs - killedAtMs);
    // It may have begun before it could say that it serves.
    goingOn.timesMs.push(Math.max(0, (await wordAtMs) - servingAtMs));
    goingOn.missed += await stop(server.url);
    await killed.stop(); // It is gone; this removes what it left behind.
    context.say(
      `serving after ${Math.round(servingAtMs - killedAtMs)} ms, going on ${Math.round(goingOn.timesMs.at(-1) ?? 0)} ms later`,
    );
  });
  await server.stop();
  return { serving, goingOn };
}
