import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testDatabase } from "#lib/database/test-database";
import type { Weather } from "./simulate.ts";

const root = join(import.meta.dirname, "../..");

/** A database in which every commit takes some milliseconds, as on a disk of the world: who tells before it is caught. */
async function slowDatabase(): Promise<string> {
  const { sql, url } = await testDatabase();
  await sql.unsafe(`
    create function slow_commit() returns trigger language plpgsql as 'begin perform pg_sleep(0.004); return null; end';
    create constraint trigger slow_commit after update of head on logs deferrable initially deferred
      for each row execute function slow_commit()`);
  return url;
}

/** Runs one simulation on a checkout of the sources, in a process of its own. Returns what it found broken. */
async function simulate(
  checkout: string,
  url: string,
  { seed, weather }: { seed: number; weather: Weather },
): Promise<string> {
  const program = join(checkout, "lib/simulation/run.fixture.ts");
  const child = spawn(process.execPath, [program, url, String(seed), weather], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  return code === 0 ? "" : `seed ${seed}, ${weather}: ${output || `ended with ${code}`}`;
}

const firstSeed = Math.floor(Math.random() * 1_000_000);

test.each(["stormy", "calm"] as const)(
  "whatever chance does in %s weather, every invariant holds",
  async (weather) => {
    const url = await slowDatabase();
    for (let seed = firstSeed; seed < firstSeed + 4; seed += 1) {
      console.info(`simulating seed ${seed}, ${weather}`);
      expect(await simulate(root, url, { seed, weather })).toBe("");
    }
  },
  120_000,
);

type Mutant = { name: string; file: string; guard: string; without: string; weather: Weather };

const mutants: Mutant[] = [
  {
    name: "the append does not ask for the attempt",
    file: "lib/log/append-batch.ts",
    guard: "and logs.attempt = batch.attempt\n        and logs.position = batch.position",
    without: "",
    weather: "stormy",
  },
  {
    name: "whoever wrote an attempt settles, pen or no pen",
    file: "lib/generations/settle.ts",
    guard:
      "if (end.attempt !== undefined && (log.generationId !== id || log.attempt !== end.attempt)) return undefined;",
    without: "",
    weather: "stormy",
  },
  {
    name: "numbers are the highest there is and one",
    file: "lib/log/append-batch.ts",
    guard: "select log_id, head, generation_id, text::json from counted",
    without:
      "select log_id, (select max(sequence) + 1 from entries e where e.log_id = counted.log_id), generation_id, text::json from counted",
    weather: "stormy",
  },
  {
    name: "what is written is told before it is committed",
    file: "lib/conversations/send-prompt.ts",
    guard: "return { sent, isNew: true, appended: [told,",
    without: "deps.log.committed([told]); return { sent, isNew: true, appended: [told,",
    weather: "calm",
  },
  {
    name: "a reader subscribes after it has read",
    file: "lib/log/follow.ts",
    guard: "const unwatch = places.map(({ logId }) => source.wakeups.watch(logId, latch));",
    without:
      "const unwatch: (() => void)[] = []; setTimeout(() => unwatch.push(...places.map(({ logId }) => source.wakeups.watch(logId, latch))), 1_000);",
    weather: "calm",
  },
  {
    name: "a gap is papered over",
    file: "lib/log/recent.ts",
    guard: "if (head !== undefined && entry.first !== head + 1) return false;",
    without: "",
    weather: "stormy",
  },
];

/** A mutant is hunted until it is found: one seed shows it with a chance of a tenth or more. */
const HUNT_LIMIT_MS = 400_000;

test.concurrent.for(mutants)(
  "without its guard it goes red: $name",
  { timeout: HUNT_LIMIT_MS },
  async (mutant, { signal, onTestFinished }) => {
    const url = await slowDatabase();
    const checkout = checkoutOf(mutant);
    onTestFinished(() => rmSync(checkout, { recursive: true }));
    let found = "";
    for (let seed = firstSeed; found === ""; seed += 1) {
      signal.throwIfAborted();
      found = await simulate(checkout, url, { seed, weather: mutant.weather });
    }
  },
);

/** The sources as they are, but for the guard. */
function checkoutOf({ file, guard, without }: Mutant): string {
  const checkout = mkdtempSync(join(tmpdir(), "rejoin-mutant-"));
  for (const folder of ["lib", "drizzle"])
    cpSync(join(root, folder), join(checkout, folder), { recursive: true });
  cpSync(join(root, "package.json"), join(checkout, "package.json"));
  symlinkSync(join(root, "node_modules"), join(checkout, "node_modules"));
  const source = readFileSync(join(checkout, file), "utf8");
  expect(source.split(guard)).toHaveLength(2);
  writeFileSync(
    join(checkout, file),
    source.replace(guard, () => without),
  );
  return checkout;
}
