import type { ConversationEvent, Message } from "./event.ts";
import { asPart, asTool } from "./tool-parts.ts";

type ApprovalGiven = Extract<ConversationEvent, { type: "approval-given" }>;

/** The message with the answer to what one of its tools asked. An approval is given once; a second answer changes nothing. */
export function withApproval(message: Message, { approvalId, approved, reason }: ApprovalGiven): Message {
  const index = message.parts.findIndex((part) => {
    const tool = asTool(part);
    return tool?.state === "approval-requested" && tool.approval?.id === approvalId;
  });
  const tool = asTool(message.parts[index]);
  if (!tool) return message;
  const approval = { ...tool.approval, id: approvalId, approved, ...(reason !== undefined && { reason }) };
  const answered = asPart({ ...tool, state: "approval-responded", approval });
  return { ...message, parts: message.parts.with(index, answered) };
}
