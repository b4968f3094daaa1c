import { and, eq } from "drizzle-orm";
import { conversations } from "#drizzle/schema";
import type { Database, Transaction } from "#lib/database/client";
import { appendEvents } from "#lib/log/append";
import type { Log } from "#lib/log/log";
import { lockLog } from "#lib/log/pen";
import { addPart } from "#lib/messages/add-part";
import { readMessages } from "#lib/messages/read-messages";
import { askBriefly } from "#lib/models/ask-briefly";
import { demoFollowUps } from "#lib/models/demo-answer";
import type { Models } from "#lib/models/models";
import { isDemoModel } from "#lib/models/provider-facts";
import type { ConversationEvent, Generation, Message, Part } from "#lib/protocol/event";
import { pathTo } from "#lib/protocol/path";
import { storable } from "#lib/protocol/storable";
import { announceConversation } from "./announce.ts";
import { type Aside, INSTRUCTIONS, questionFor, readAside, type Wanted } from "./aside.ts";
import { type ConversationRow, toConversation } from "./conversation-row.ts";
import { findKept } from "./owner.ts";

/** Nobody waits for it, and it is of no use when it comes late. */
const TIME_LIMIT_MS = 30_000;

export type AfterAnswerDeps = {
  database: Database;
  log: Pick<Log, "committed">;
  models: Pick<Models, "defaultId" | "languageModel">;
  /** Who is asked: a model, or nobody. Absent: the default model. */
  titleModel: string | "off" | undefined;
  takesFollowUps: boolean;
};

/**
 * Once an answer is whole: names its conversation, if only its prompt did so far, and says what could be asked next,
 * if it is still the newest. One question to the model for both. What people named meanwhile stays.
 */
export async function afterAnswer(
  deps: AfterAnswerDeps,
  { generation, signal }: { generation: Generation; signal: AbortSignal },
): Promise<void> {
  if (generation.status !== "completed" || !mayAsk(deps, generation)) return;
  const { conversationId, messageId } = generation;
  const row = await findKept(deps.database, conversationId);
  if (!row) return;
  const wanted = wantedFor(deps, row, messageId);
  if (!wanted.title && !wanted.followUps) return;
  const path = pathTo(await readMessages(deps.database, conversationId), messageId);
  const aside = await ask(deps, { path, model: generation.model, wanted, signal });
  if (aside) await keep(deps, { conversationId, messageId, aside });
}

/** Where nobody is asked, nothing is read either. The demo model says itself what could be asked. */
function mayAsk({ titleModel, takesFollowUps }: AfterAnswerDeps, { model }: Generation): boolean {
  return isDemoModel(model) ? takesFollowUps : titleModel !== "off";
}

function wantedFor({ takesFollowUps }: AfterAnswerDeps, row: ConversationRow, messageId: string): Wanted {
  const title = row.titledBy === "prompt" && !row.temporary;
  return { title, followUps: takesFollowUps && row.leafId === messageId };
}

async function ask(
  { models, titleModel }: AfterAnswerDeps,
  { path, model, wanted, signal }: { path: Message[]; model: string; wanted: Wanted; signal: AbortSignal },
): Promise<Aside | undefined> {
  // A script has no opinion, but can show how it looks.
  if (isDemoModel(model)) {
    const followUps = wanted.followUps ? demoFollowUps(path.at(-1)?.parts ?? []) : [];
    return followUps.length > 0 ? { followUps } : undefined;
  }
  const asked = titleModel ?? (await models.defaultId());
  if (isDemoModel(asked)) return undefined;
  const said = await askBriefly({
    models,
    model: asked,
    instructions: INSTRUCTIONS,
    question: questionFor(path, wanted),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
  });
  return readAside(said, wanted);
}

/** In one transaction, and only what still fits: things may have changed since the model was asked. */
async function keep(
  { database, log }: AfterAnswerDeps,
  { conversationId, messageId, aside }: { conversationId: string; messageId: string; aside: Aside },
): Promise<void> {
  const appended = await database.transaction(async (transaction) => {
    await lockLog(transaction, conversationId);
    const row = await findKept(transaction, conversationId);
    if (!row) return [];
    const events: ConversationEvent[] = [];
    const named = await name(transaction, { conversationId, title: aside.title });
    if (named) events.push({ type: "conversation-changed", conversation: toConversation(named) });
    if (aside.followUps.length > 0 && row.leafId === messageId) {
      const part = storable({ type: "data-follow-ups", data: { questions: aside.followUps } }) as Part;
      await addPart(transaction, { messageId, part });
      events.push({ type: "part-added", messageId, part });
    }
    if (events.length === 0) return [];
    const told = await appendEvents(transaction, { logId: conversationId, events });
    return named ? [told, ...(await announceConversation(transaction, conversationId))] : [told];
  });
  log.committed(appended);
}

/** Undefined if a person has named it meanwhile: their title stays. */
async function name(
  transaction: Transaction,
  { conversationId, title }: { conversationId: string; title: string | undefined },
): Promise<ConversationRow | undefined> {
  if (title === undefined) return undefined;
  const [named] = await transaction
    .update(conversations)
    .set({ title: storable(title), titledBy: "model" })
    .where(and(eq(conversations.id, conversationId), eq(conversations.titledBy, "prompt")))
    .returning();
  return named;
}
