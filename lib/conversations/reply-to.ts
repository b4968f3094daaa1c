import { eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database } from "#lib/database/client";
import { readSentFile } from "#lib/files/read-file";
import type { Claim } from "#lib/generations/claim";
import type { Reply, WriterSide } from "#lib/generations/run";
import { readMessages } from "#lib/messages/read-messages";
import { askForRest } from "#lib/models/go-on";
import type { Models } from "#lib/models/models";
import { streamReply } from "#lib/models/stream-reply";
import { afterCommit } from "#lib/models/tools/after-commit";
import type { Toolbox } from "#lib/models/tools/registry";
import { withStandIns } from "#lib/models/tools/stand-ins";
import { pathTo } from "#lib/protocol/path";

/** Asks the model of a claimed generation: with the branch that leads to its answer, and what the answer holds already. */
export async function replyTo(
  {
    database,
    models,
    tools,
    silenceMs,
  }: { database: Database; models: Models; tools: Toolbox; silenceMs: number },
  { generation, answer, goesOn }: Claim,
  { signal, committed, restMs }: WriterSide,
): Promise<Reply> {
  const { conversationId, model } = generation;
  const [[conversation], all] = await Promise.all([
    database.select().from(conversations).where(eq(conversations.id, conversationId)),
    readMessages(database, conversationId),
    tools.ready(),
  ]);
  const before = pathTo(all, answer.parentId);
  const own = goesOn ? askForRest(answer, goesOn) : [answer];
  const messages = answer.parts.length > 0 ? [...before, ...own] : before;
  const steps = answer.parts.filter(({ type }) => type === "step-start").length;
  return streamReply({
    models,
    model,
    messages,
    goesOn,
    // An attempt at its first is new to all of it, though another generation may have begun the message.
    stepsBefore: generation.attempt === 1 ? 0 : steps,
    instructions: conversation?.instructions,
    inputs: models.inputsOf(model),
    readFile: (fileId) => readSentFile(database, { conversationId, fileId }),
    silenceMs,
    tools: afterCommit(withStandIns(tools.now(), answer), committed),
    restMs,
    signal,
  });
}
