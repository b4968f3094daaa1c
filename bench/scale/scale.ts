import type { Bench, Context, Result } from "../bench.ts";
import { startDatabase } from "../start-database.ts";
import { bellTable, measureBell } from "./measure-bell.ts";
import { HABITS, modelTable } from "./model.ts";

export const bench: Bench = {
  name: "scale",
  question: "What do wake-ups cost where many processes listen, and how far does one Postgres go?",
  run,
};

async function run(context: Context): Promise<Result> {
  const bell = await measureBell(context, await startDatabase(context));
  const { answersADay, wordsAnAnswer, wordsASecond, peak, openShare, retentionHours } = HABITS;
  return {
    tables: [bellTable(bell), modelTable(bell)],
    notes: [
      "A wake-up carries as many ids of logs as the product puts into one, and is a transaction of its own. Who listens shares the machine with Postgres, and one process listens for all.",
      `The second table is arithmetic, from this bench, \`load\` and \`write\`. Assumed: ${answersADay} answers a day and account, of ${wordsAnAnswer} words at ${wordsASecond} a second; the busiest hour ${peak} times the average; ${openShare * 100} % of all accounts with a page open then; ${retentionHours} hours of retention.`,
      "It says what the logs cost. What is not in it: the pages themselves, searches, files, what a model's own stream costs behind TLS, and messages older than the retention. No more than two processes and 64 listeners were ever run.",
    ],
  };
}
