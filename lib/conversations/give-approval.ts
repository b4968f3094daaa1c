import { holdAccount } from "#lib/accounts/prompt-counts";
import type { Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { GenerationRow } from "#lib/generations/generation-row";
import { queueGeneration } from "#lib/generations/queue-generation";
import { readGenerationsOf } from "#lib/generations/read-generations";
import { appendEvents } from "#lib/log/append";
import { lockLog } from "#lib/log/pen";
import type { Appended } from "#lib/log/stored-entry";
import { readMessage } from "#lib/messages/read-messages";
import { saveParts } from "#lib/messages/save-parts";
import type { ApprovalBody, ApprovalGiven } from "#lib/protocol/api";
import type { ConversationEvent, Message } from "#lib/protocol/event";
import { storable } from "#lib/protocol/storable";
import { asTool, type ToolPart } from "#lib/protocol/tool-parts";
import { withApproval } from "#lib/protocol/with-approval";
import { announceConversation } from "./announce.ts";
import type { Deps } from "./deps.ts";
import { notFound, owned } from "./owner.ts";

type Given = { given: ApprovalGiven; isNew: boolean; appended: Appended[] };

/**
 * Says whether a tool may do what it asked for, from whichever device. Once nothing else that the message asked is
 * open, a further generation goes on with it: it runs what was allowed and tells the model what was not. The same
 * answer again is the same answer, and whoever comes first with theirs decides.
 *
 * It goes on with a prompt that was counted, and so counts as none.
 */
export async function giveApproval(
  deps: Deps,
  { accountId, messageId, body }: { accountId: string; messageId: string; body: ApprovalBody },
): Promise<Omit<Given, "appended">> {
  const asked = await readMessage(deps.database, messageId);
  if (!asked) throw notFound("message");
  const { conversationId } = asked;
  const { given, isNew, appended } = await deps.database.transaction(async (transaction) => {
    const [account, log] = await Promise.all([
      holdAccount(transaction, { accountId, limits: deps.limits }),
      lockLog(transaction, conversationId),
    ]);
    if (!account || !log) throw notFound("message");
    const [message] = await Promise.all([
      readMessage(transaction, messageId),
      owned(transaction, { accountId, conversationId }).catch(() => {
        throw notFound("message");
      }),
    ]);
    if (!message) throw notFound("message");
    return decide(transaction, { message, body: storable(body), head: log.head });
  });
  deps.log.committed(appended);
  if (isNew) deps.wakeWorker();
  return { given, isNew };
}

async function decide(
  transaction: Transaction,
  { message, body, head }: { message: Message; body: ApprovalBody; head: number },
): Promise<Given> {
  const { approvalId, approved } = body;
  const told = { messageId: message.id, approvalId, approved };
  const generations = await readGenerationsOf(transaction, message.id);
  const tool = toolsOf(message).find(({ approval }) => approval?.id === approvalId);
  const answered = tool?.approval?.approved;
  if (answered === approved) {
    return {
      given: { ...told, generationId: goingOn(message, generations, body.id) },
      isNew: false,
      appended: [],
    };
  }
  if (answered !== undefined) {
    const detail = `This was ${answered ? "allowed" : "denied"} before. It can be answered once.`;
    throw new Failure("already-answered", detail);
  }
  if (generations.some(({ endedAt }) => !endedAt)) {
    throw new Failure("still-answering", "The answer is still being written. Say it when that has ended.");
  }
  if (tool?.state !== "approval-requested") {
    throw new Failure("invalid-request", "approvalId: must name what this message asks.");
  }

  const answer: ConversationEvent & { type: "approval-given" } = {
    type: "approval-given",
    ...told,
    ...(body.reason !== undefined && { reason: body.reason }),
  };
  const changed = withApproval(message, answer);
  const goesOn = !isAsking(changed);
  const events: ConversationEvent[] = [answer];
  if (goesOn) {
    const generation = await queueGeneration(transaction, {
      id: body.id,
      conversationId: message.conversationId,
      messageId: message.id,
      model: generations.at(-1)?.model ?? message.model ?? "",
      sequence: head + 2,
    });
    events.push({ type: "generation-queued", generation });
  }
  const [appended] = await Promise.all([
    appendEvents(transaction, { logId: message.conversationId, events }),
    saveParts(transaction, changed),
  ]);
  const announced = await announceConversation(transaction, message.conversationId);
  return {
    given: { ...told, generationId: goesOn ? body.id : null },
    isNew: true,
    appended: [appended, ...announced],
  };
}

/** Who asks again is told of the generation that they named, or of the one that somebody else was faster to name. */
function goingOn(message: Message, generations: GenerationRow[], id: string): string | null {
  const named = generations.find((generation) => generation.id === id);
  if (!named && isAsking(message)) return null;
  return (named ?? generations.at(-1))?.id ?? null;
}

const toolsOf = ({ parts }: Message): ToolPart[] => parts.flatMap((part) => asTool(part) ?? []);

const isAsking = (message: Message): boolean =>
  toolsOf(message).some(({ state }) => state === "approval-requested");
