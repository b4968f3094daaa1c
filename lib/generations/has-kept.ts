import type { Database } from "#lib/database/client";
import { readPens } from "#lib/log/pen";
import { firstSteps } from "#lib/protocol/fold";
import { openTextOf } from "#lib/protocol/open-text";
import type { Claim } from "./claim.ts";
import { foldAnswer } from "./fold-answer.ts";

/** Whether the next attempt will have more to go on from than this one had. The log knows. */
export async function hasKept(database: Database, { generation: row, answer, pen }: Claim): Promise<boolean> {
  return database.transaction(async (transaction) => {
    const [log] = await readPens(transaction, [pen.logId]);
    if (!log) return false;
    const now = await foldAnswer(transaction, { row, head: log.head });
    const finished = firstSteps(now.answer.parts, now.finishedSteps);
    const isGoneOnWith = openTextOf(now.answer.parts.slice(finished.length)) !== undefined;
    const kept = isGoneOnWith ? now.answer.parts : finished;
    return JSON.stringify(kept).length > JSON.stringify(answer.parts).length;
  });
}
