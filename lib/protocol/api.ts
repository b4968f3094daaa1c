import { z } from "zod";
import {
  conversationItemSchema,
  conversationSchema,
  generationSchema,
  messageSchema,
  type Part,
} from "./event.ts";
import { fileIdIn } from "./file.ts";
import { idSchema } from "./ids.ts";

export const TITLE_MAX_LENGTH = 200;
export const INSTRUCTIONS_MAX_LENGTH = 20_000;
/** What is typed beyond this stays on its device. */
export const DRAFT_MAX_LENGTH = 20_000;
export const PARTS_MAX_COUNT = 50;
/** A request body larger than this is refused with 413, whatever is in it. */
export const BODY_MAX_BYTES = 4 * 1024 * 1024;
export const PAGE_MAX_BYTES = 256 * 1024;
export const WAIT_MAX_SECONDS = 25;

/**
 * A request may say which account it is meant for. It is refused when it comes as another one: a page that was opened
 * before somebody else signed in to the same browser must neither act for them nor show what is theirs.
 */
export const ACCOUNT_HEADER = "rejoin-account";

export const modelId = z.string().min(1).max(200);
const title = z.string().trim().min(1).max(TITLE_MAX_LENGTH);
const instructions = z.string().max(INSTRUCTIONS_MAX_LENGTH);

/** Of a conversation that is made with it. One that is there stays what it is. */
const temporary = z.boolean().optional().describe("In no list, and erased when it is left or an hour later.");

const textPart = z.object({ type: z.literal("text"), text: z.string() });
const filePart = z.object({
  type: z.literal("file"),
  mediaType: z.string().min(1).max(200),
  url: z
    .string()
    .refine(
      (url) => /^(data:|https?:\/\/)/i.test(url) || fileIdIn(url) !== undefined,
      "must be a data: or http(s) address, or that of a file that is kept here",
    ),
  filename: z.string().max(500).optional(),
  /** In bytes, for those who see its name. */
  size: z.int().min(0).optional(),
});

export const promptPart = z.discriminatedUnion("type", [textPart, filePart]);

export const createConversationBody = z.object({
  id: idSchema.optional(),
  title: title.optional(),
  model: modelId.optional(),
  instructions: instructions.optional(),
  temporary,
});
export type CreateConversationBody = z.infer<typeof createConversationBody>;

export const createdSchema = z.object({ conversation: conversationSchema });

export const changeConversationBody = z
  .object({
    title,
    model: modelId.nullable(),
    instructions: instructions.nullable(),
    pinned: z.boolean(),
    archived: z.boolean(),
    leafId: idSchema,
    /** What was typed and not sent. */
    draft: z.string().max(DRAFT_MAX_LENGTH).nullable(),
  })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "nothing to change");
export type ChangeConversationBody = z.infer<typeof changeConversationBody>;

export const changedSchema = z.object({ conversation: conversationSchema, sequence: z.int() });

export const sendPromptBody = z
  .object({
    id: idSchema,
    text: z.string().optional(),
    parts: z.array(promptPart).max(PARTS_MAX_COUNT).optional(),
    /** Where exactly to answer: null begins a new first branch, absent means after the newest. */
    parentId: idSchema.nullish(),
    model: modelId.optional(),
    temporary,
  })
  .refine((body) => (body.text === undefined) !== (body.parts === undefined), {
    path: ["text"],
    message: "give either text or parts",
  })
  .transform(({ text, parts, ...rest }) => ({
    ...rest,
    parts: (parts ?? [{ type: "text", text }]) as Part[],
  }))
  .refine(
    ({ parts }) =>
      parts.some((part) => part.type === "file" || (part.type === "text" && part.text.trim() !== "")),
    {
      path: ["text"],
      message: "the prompt is empty",
    },
  );
export type SendPromptBody = z.output<typeof sendPromptBody>;

export const regenerateBody = z.object({ id: idSchema, model: modelId.optional() });
export type RegenerateBody = z.infer<typeof regenerateBody>;

export const APPROVAL_REASON_MAX_LENGTH = 2_000;

/** Whether a tool may do what it asked for. `id` is that of the generation which then goes on with the message. */
export const approvalBody = z.object({
  id: idSchema,
  approvalId: z.string().min(1).max(200),
  approved: z.boolean(),
  reason: z.string().max(APPROVAL_REASON_MAX_LENGTH).optional().describe("For the model."),
});
export type ApprovalBody = z.infer<typeof approvalBody>;

/** How far somebody has read: the number of the snapshot that was before their eyes. */
export const markReadBody = z.object({ sequence: z.int().min(0) });
export type MarkReadBody = z.infer<typeof markReadBody>;

/** What a send answers as soon as it is committed; `sequence` is the entry of the prompt. */
export const sentSchema = z.object({
  messageId: idSchema,
  answerId: idSchema,
  generationId: idSchema,
  sequence: z.int(),
});
export type Sent = z.infer<typeof sentSchema>;

export const approvalGivenSchema = z.object({
  messageId: idSchema,
  approvalId: z.string(),
  approved: z.boolean(),
  /** What goes on with the message; null while something else that it asked is not answered. */
  generationId: idSchema.nullable(),
});
export type ApprovalGiven = z.infer<typeof approvalGivenSchema>;

export const cancelledSchema = z.object({ generation: generationSchema, sequence: z.int() });
export type Cancelled = z.infer<typeof cancelledSchema>;

export const endedSchema = z.object({
  message: messageSchema,
  generation: generationSchema,
  sequence: z.int(),
});

export const conversationListQuery = z.object({
  before: z.string().optional().describe("The `next` of the page before."),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  q: z.string().trim().max(200).optional().describe("What titles or messages are to say."),
  archived: z
    .enum(["true", "false"])
    .optional()
    .describe("Only those that are archived, or only the others. Absent: all."),
});

export const conversationListSchema = z.object({
  conversations: z.array(conversationItemSchema),
  next: z.string().nullable(),
});
export type ConversationList = z.infer<typeof conversationListSchema>;

export const modelSchema = z.object({
  id: z.string(),
  name: z.string(),
  provider: z.string(),
  default: z.boolean(),
  /** What can be attached to a prompt for it. Of anything else it is told the name. */
  inputs: z.array(z.enum(["text", "image", "pdf"])),
});
export type Model = z.infer<typeof modelSchema>;
export type Input = Model["inputs"][number];
export const modelListSchema = z.object({ models: z.array(modelSchema) });

export const healthSchema = z.object({
  status: z.enum(["ok", "unavailable"]),
  database: z.enum(["ok", "unreachable"]),
  /** Whether it hears at once of what other servers write. */
  listening: z.boolean(),
  version: z.string(),
});

/** RFC 9457. `code` is one of the closed list in `lib/errors.ts`; `detail` says what to do. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;
