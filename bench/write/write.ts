import { atLeast, atMost, type Bench, type Context, type Result } from "../bench.ts";
import { startDatabase } from "../start-database.ts";
import { fastTables, runFast } from "./fast.ts";
import { pacedTable, runPaced } from "./paced.ts";
import { openRivals } from "./rivals.ts";
import { CONNECTIONS } from "./store.ts";

const BUDGET_RATIO = 20;
const BUDGET_FOLLOWED_BYTES = 120;
const BUDGET_UNFOLLOWED_BYTES = 40;

export const bench: Bench = {
  name: "write",
  question: "How many tokens a second become durable, and what does a token cost the database?",
  run,
};

async function run(context: Context): Promise<Result> {
  const database = await startDatabase(context);
  const { rivals, notes } = await openRivals(context, database);
  const fast = await runFast(context, { database, rivals });
  const paced = await runPaced(context, database);
  const { followed, unfollowed } = paced.widest;
  return {
    tables: [...fastTables(fast, rivals), pacedTable(paced)],
    gaps: fast.lost + paced.lost,
    budgets: [
      atLeast({
        what: "tokens a second of Rejoin, over row per token + NOTIFY, at the number of generations where that is least",
        limit: BUDGET_RATIO,
        measured: fast.leastRatio,
        unit: "×",
      }),
      atMost({
        what: `WAL for a token at 50 tokens/s, ${paced.most} generations, followed`,
        limit: BUDGET_FOLLOWED_BYTES,
        measured: followed.wal.median,
        unit: "bytes",
      }),
      atMost({
        what: `WAL for a token at 50 tokens/s, ${paced.most} generations, not followed`,
        limit: BUDGET_UNFOLLOWED_BYTES,
        measured: unfollowed.wal.median,
        unit: "bytes",
      }),
    ],
    notes: [
      `All on Postgres have the same database and settings (\`synchronous_commit\` on) and a pool of ${CONNECTIONS} connections; Rejoin writes over one.`,
      "Tables are empty and new before each run, so there are no full-page images in the WAL; a checkpoint costs every way alike one for each page that it touches next.",
      "A token is a text-delta chunk of about six characters, the same for all. As fast as each can: answers of up to 1,000 tokens, a new one when one has ended, for a second and a half; the clock stops when all that was taken is durable.",
      ...notes,
    ],
  };
}
