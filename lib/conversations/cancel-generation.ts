import { readGeneration } from "#lib/generations/read-generations";
import { settle } from "#lib/generations/settle";
import { readHeads } from "#lib/log/read";
import type { Cancelled } from "#lib/protocol/api";
import type { DeviceKind } from "#lib/protocol/event";
import { announceConversation } from "./announce.ts";
import type { Deps } from "./deps.ts";
import { notFound, owned } from "./owner.ts";

/**
 * Ends a generation from outside, whoever writes it and whether they live. There is no asking: the pen is taken
 * away, and its worker finds out. Again, or after the end, it answers how the generation ended. `from` is what the
 * other devices are told of where that was.
 */
export async function cancelGeneration(
  deps: Deps,
  {
    accountId,
    generationId,
    from,
  }: { accountId: string; generationId: string; from?: DeviceKind | undefined },
): Promise<Cancelled> {
  const generation = await readGeneration(deps.database, generationId);
  if (!generation) throw notFound("generation");
  const { conversationId } = generation;
  await owned(deps.database, { accountId, conversationId }).catch(() => {
    throw notFound("generation");
  });
  const { settled, appended } = await deps.database.transaction(async (transaction) => {
    const settled = await settle(transaction, { generation, outcome: "cancelled", stoppedFrom: from });
    if (!settled) return { settled, appended: [] };
    return {
      settled,
      appended: [settled.appended, ...(await announceConversation(transaction, conversationId))],
    };
  });
  deps.log.committed(appended);
  if (settled) {
    const { startedAt, endedAt } = settled.generation;
    deps.moments.emit("generation.ended", {
      generationId,
      outcome: "cancelled",
      model: generation.model,
      tookMs: startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : 0,
    });
    // The next prompt in this conversation may have waited for the pen.
    deps.wakeWorker();
    return { generation: settled.generation, sequence: settled.appended.entries.at(-1)?.sequence ?? 0 };
  }
  const ended = await readGeneration(deps.database, generationId);
  if (!ended) throw notFound("generation");
  const head = (await readHeads(deps.database, [conversationId])).get(conversationId) ?? 0;
  return { generation: ended, sequence: head };
}
