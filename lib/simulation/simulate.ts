import { setTimeout as pause } from "node:timers/promises";
import { addTestAccount } from "#lib/accounts/test-account";
import { cancelGeneration } from "#lib/conversations/cancel-generation";
import { changeConversation } from "#lib/conversations/change-conversation";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { sendPrompt } from "#lib/conversations/send-prompt";
import { createDatabase } from "#lib/database/client";
import type { Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { type Chance, createChance } from "./chance.ts";
import { brokenInvariants } from "./invariants.ts";
import { LEASE_TTL_MS, type SimulatedProcess, startSimulatedProcess } from "./simulated-process.ts";
import { type SimulatedReader, startSimulatedReader } from "./simulated-reader.ts";

const PROCESSES = 3;
const CONVERSATIONS = 8;
const PROMPTS = 3;
const READERS = 2;
const RENAMES = 20;
/** All is quiet long before, unless something was lost. */
const QUIET_LIMIT_MS = 15_000;
const NEVER_MS = 3_600_000;

/** `calm`: nobody dies and nobody polls, so that a wake-up that is lost is missed for ever. */
export type Weather = "stormy" | "calm";

/**
 * Lets chance rule over a few processes on one real Postgres for a while: prompts sent and sent again, workers killed
 * or put to sleep past their lease, cancels and new names from anywhere, readers who hang up and come back. Then all
 * must be quiet, and every invariant hold. Returns what did not.
 */
export async function simulate({
  url,
  seed,
  weather,
}: {
  url: string;
  seed: number;
  weather: Weather;
}): Promise<string[]> {
  const chance = createChance(seed);
  const nobody = createDatabase(url, { max: 3, name: "nobody" });
  const errors: string[] = [];
  const onError = (error: unknown) =>
    errors.push(String(error instanceof Error ? (error.cause ?? error) : error));
  const start = () =>
    startSimulatedProcess({ url, chance, pollMs: weather === "calm" ? NEVER_MS : 200, onError });
  const processes: SimulatedProcess[] = Array.from({ length: PROCESSES }, start);
  const anyProcess = () => chance.oneOf(processes) as SimulatedProcess;
  const conversations = await Promise.all(
    Array.from({ length: CONVERSATIONS }, async () => ({
      accountId: await addTestAccount(nobody.db),
      conversationId: newId(),
    })),
  );

  const visits = () => (weather === "calm" ? 2 + chance.below(6) : Number.POSITIVE_INFINITY);

  const acting = new AbortController();
  const storm =
    weather === "stormy" ? blow({ chance, processes, start, signal: acting.signal }) : Promise.resolve();
  const readers: SimulatedReader[][] = await Promise.all(
    conversations.map(async (conversation) => {
      await sendSurely({ chance, anyProcess }, conversation);
      return Array.from({ length: READERS }, () =>
        startSimulatedReader({
          ...conversation,
          chance,
          visits: visits(),
          anyProcess,
          witness: nobody.sql,
          onError,
        }),
      );
    }),
  );
  await Promise.all(
    conversations.flatMap((conversation) => [
      converse({ chance, anyProcess }, conversation),
      rename({ chance, anyProcess }, conversation),
    ]),
  );
  acting.abort();
  await storm;

  const deadlineMs = Date.now() + QUIET_LIMIT_MS;
  const broken: string[] = [];
  for (const [index, conversation] of conversations.entries()) {
    const own = readers[index] ?? [];
    const stored = await quiet(() => loadSnapshot(nobody.db, conversation), own, deadlineMs);
    broken.push(
      ...(await brokenInvariants(
        nobody.sql,
        stored,
        own.map((reader) => reader.snapshot()),
      )),
    );
  }
  await Promise.all(readers.flat().map((reader) => reader.stop()));
  await Promise.all(processes.map((process) => process.kill()));
  await nobody.end();
  return [...new Set([...errors, ...broken])];
}

type World = { chance: Chance; anyProcess(): SimulatedProcess };
type Place = { accountId: string; conversationId: string };

/** Sends as a browser does: the same message again and again, through anybody, until somebody has taken it. */
async function sendSurely({ chance, anyProcess }: World, place: Place): Promise<string> {
  const prompt = { id: newId(), parts: [{ type: "text" as const, text: "say your words" }] };
  for (;;) {
    const process = anyProcess();
    try {
      const { sent } = await sendPrompt(process.deps, { ...place, prompt });
      if (chance.next() < 0.3) continue; // The answer was lost on the way: ask again.
      return sent.generationId;
    } catch (error) {
      if (!process.isDead()) throw error;
    }
  }
}

async function converse(world: World, place: Place): Promise<void> {
  for (let prompt = 1; prompt < PROMPTS; prompt += 1) {
    await pause(world.chance.below(300));
    const generationId = await sendSurely(world, place);
    if (world.chance.next() > 0.3) continue;
    await pause(world.chance.below(150));
    const process = world.anyProcess();
    await cancelGeneration(process.deps, { ...place, generationId }).catch((error) => {
      if (!process.isDead()) throw error;
    });
  }
}

/** While answers are written: who writes one is not the only one who appends to its log. */
async function rename({ chance, anyProcess }: World, place: Place): Promise<void> {
  for (let time = 1; time <= RENAMES; time += 1) {
    await pause(chance.below(60));
    const process = anyProcess();
    await changeConversation(process.deps, { ...place, change: { title: `Name ${time}` } }).catch((error) => {
      if (!process.isDead()) throw error;
    });
  }
}

/** Every now and then a process dies and another comes, or one sleeps past its lease. */
async function blow({
  chance,
  processes,
  start,
  signal,
}: {
  chance: Chance;
  processes: SimulatedProcess[];
  start(): SimulatedProcess;
  signal: AbortSignal;
}): Promise<void> {
  while (!signal.aborted) {
    await pause(60 + chance.below(120));
    const index = chance.below(processes.length);
    if (chance.next() < 0.3) {
      const [dying] = processes.splice(index, 1, start());
      await dying?.kill();
    } else {
      processes[index]?.sleep(LEASE_TTL_MS + chance.below(LEASE_TTL_MS));
    }
  }
}

/** Waits until every generation has ended and every reader knows. Gives up in the end: then something was lost. */
async function quiet(
  load: () => Promise<Snapshot>,
  readers: SimulatedReader[],
  deadlineMs: number,
): Promise<Snapshot> {
  for (;;) {
    const stored = await load();
    const isOver = stored.generations.every(({ endedAt }) => endedAt !== undefined);
    const isKnown = readers.every((reader) => reader.snapshot()?.sequence === stored.sequence);
    if ((isOver && isKnown) || Date.now() > deadlineMs) return stored;
    await pause(20);
  }
}
