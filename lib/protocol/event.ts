import type { UIMessage, UIMessageChunk } from "ai";
import { z } from "zod";
import { idSchema } from "./ids.ts";

/** A piece of model output, as the AI SDK names it. */
export type Chunk = UIMessageChunk;

/**
 * A part of a message, as the AI SDK stores it. While it is being written it carries `chunkId`,
 * the id by which further chunks will name it, so that anyone can go on from a snapshot.
 */
export type Part = UIMessage["parts"][number] & { chunkId?: string };

// Chunks and parts are checked for their tag alone. The worker that wrote them validated them; a reader
// that is older than the writer must let kinds it does not know pass, and must not pay for checking again.
const tagged = z.looseObject({ type: z.string() });
export const chunkSchema = tagged as unknown as z.ZodType<Chunk>;
export const chunksSchema = z.array(chunkSchema);
const partSchema = tagged as unknown as z.ZodType<Part>;
export const partsSchema = z.array(tagged) as unknown as z.ZodType<Part[]>;

const time = z.iso.datetime();

export const conversationSchema = z.object({
  id: idSchema,
  title: z.string(),
  model: z.string().nullable(),
  instructions: z.string().nullable(),
  pinned: z.boolean(),
  archived: z.boolean(),
  /** The last message of the branch that is shown. */
  leafId: idSchema.nullable(),
  /** In no list, and erased when it is left. These three are absent where an older server speaks. */
  temporary: z.boolean().optional(),
  /** What was typed and not sent, on any device. */
  draft: z.string().nullish(),
  /** By which whoever has the link may read along; null while it is not shared. */
  shareToken: z.string().nullish(),
  createdAt: time,
  updatedAt: time,
});
export type Conversation = z.infer<typeof conversationSchema>;

/** What the list of conversations shows of one. */
export const conversationItemSchema = conversationSchema
  .pick({ id: true, title: true, updatedAt: true, model: true, pinned: true, archived: true })
  .extend({
    generating: z.boolean(),
    /** Whether an answer has ended that nobody has looked at, on any device. Entries of older servers do not say. */
    unread: z.boolean().optional(),
  });
export type ConversationItem = z.infer<typeof conversationItemSchema>;

export const messageSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  parentId: idSchema.nullable(),
  role: z.enum(["user", "assistant"]),
  parts: partsSchema,
  metadata: z.unknown().optional(),
  model: z.string().nullish(),
  createdAt: time,
});
export type Message = z.infer<typeof messageSchema>;

export const outcomeSchema = z.enum(["completed", "failed", "cancelled"]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const usageSchema = z.object({
  inputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  totalTokens: z.number().optional(),
});
export type Usage = z.infer<typeof usageSchema>;

/** Why a generation failed: a code for programs, a sentence for the person. */
export const generationErrorSchema = z.object({ code: z.string(), detail: z.string() });
export type GenerationError = z.infer<typeof generationErrorSchema>;

/** What kind of device somebody held, as far as its browser says. */
export const deviceKindSchema = z.enum(["phone", "tablet", "computer"]);
export type DeviceKind = z.infer<typeof deviceKindSchema>;

export const generationSchema = z.object({
  id: idSchema,
  conversationId: idSchema,
  /** The assistant message that it makes. */
  messageId: idSchema,
  model: z.string(),
  status: z.enum(["queued", "running", ...outcomeSchema.options]),
  attempt: z.int(),
  error: generationErrorSchema.optional(),
  usage: usageSchema.optional(),
  /** Where it was cancelled, if it was, and if that is known. A kind that this reader does not know says nothing. */
  stoppedFrom: deviceKindSchema.optional().catch(undefined),
  createdAt: time,
  /** When its first attempt began; before that it waited for its turn. */
  startedAt: time.optional(),
  endedAt: time.optional(),
});
export type Generation = z.infer<typeof generationSchema>;

export const chunkEventSchema = z.object({
  type: z.literal("chunk"),
  generationId: idSchema,
  chunks: chunksSchema,
});

/** Everything that can happen in a conversation. */
export const conversationEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message-added"), message: messageSchema }),
  z.object({ type: z.literal("generation-queued"), generation: generationSchema }),
  z.object({ type: z.literal("generation-start"), generation: generationSchema }),
  z.object({
    type: z.literal("attempt-start"),
    generationId: idSchema,
    attempt: z.int(),
    /** Finished steps that stay; what came after them is dropped. */
    keepSteps: z.int(),
  }),
  chunkEventSchema,
  z.object({ type: z.literal("generation-end"), generation: generationSchema, message: messageSchema }),
  /** What came to a message after its generation had ended: as follow-up questions. */
  z.object({ type: z.literal("part-added"), messageId: idSchema, part: partSchema }),
  /** Somebody said whether a tool may do what it asked for. */
  z.object({
    type: z.literal("approval-given"),
    messageId: idSchema,
    approvalId: z.string(),
    approved: z.boolean(),
    reason: z.string().optional(),
  }),
  z.object({ type: z.literal("leaf-changed"), leafId: idSchema }),
  z.object({ type: z.literal("conversation-changed"), conversation: conversationSchema }),
  z.object({ type: z.literal("conversation-deleted") }),
]);
export type ConversationEvent = z.infer<typeof conversationEventSchema>;

/** Everything that can happen in an account's list of conversations. */
export const accountEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("conversation-added"), conversation: conversationItemSchema }),
  z.object({ type: z.literal("conversation-changed"), conversation: conversationItemSchema }),
  z.object({ type: z.literal("conversation-deleted"), conversationId: idSchema }),
]);
export type AccountEvent = z.infer<typeof accountEventSchema>;

/**
 * One line of a log. `first` is below `sequence` where adjacent chunk entries were joined
 * for catch-up: the entry then stands for first…sequence.
 */
export type Entry<Event> = { first: number; sequence: number; event: Event };
export type ConversationEntry = Entry<ConversationEvent>;
export type AccountEntry = Entry<AccountEvent>;

/** A conversation's state and the number it is true at. */
export const snapshotSchema = z.object({
  conversation: conversationSchema,
  messages: z.array(messageSchema),
  generations: z.array(generationSchema),
  sequence: z.int(),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** How the account's own log is named where several logs are followed on one line. */
export const ACCOUNT_LOG = "account";

/** An account's list of conversations and the number it is true at. */
export const accountSnapshotSchema = z.object({
  conversations: z.array(conversationItemSchema),
  sequence: z.int(),
});
export type AccountSnapshot = z.infer<typeof accountSnapshotSchema>;
