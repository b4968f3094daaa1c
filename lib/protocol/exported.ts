import { z } from "zod";
import { INSTRUCTIONS_MAX_LENGTH, TITLE_MAX_LENGTH } from "./api.ts";
import { conversationSchema, generationSchema, messageSchema, type Part, type Snapshot } from "./event.ts";

export const EXPORT_TYPE = "rejoin-conversation";
export const EXPORT_VERSION = 1;

/** A conversation that is taken in may be larger than anything else that is sent here. */
export const IMPORT_BODY_MAX_BYTES = 16 * 1024 * 1024;
export const IMPORT_MESSAGES_MAX_COUNT = 10_000;
export const IMPORT_PARTS_MAX_COUNT = 500;
const FOREIGN_ID_MAX_LENGTH = 200;
const MODEL_MAX_LENGTH = 200;

const time = z.iso.datetime();
const head = { type: z.literal(EXPORT_TYPE), version: z.literal(EXPORT_VERSION) };

/** All of a conversation: every branch, who said what and when, with which model, and how each answer was made. */
export const exportedSchema = z.object({
  ...head,
  conversation: conversationSchema.pick({
    id: true,
    title: true,
    model: true,
    instructions: true,
    pinned: true,
    archived: true,
    leafId: true,
    createdAt: true,
    updatedAt: true,
  }),
  messages: z.array(messageSchema.omit({ conversationId: true })),
  generations: z.array(generationSchema.omit({ conversationId: true })),
});
export type Exported = z.infer<typeof exportedSchema>;

/** A conversation as it is written down. Neither its link nor what was typed and not sent is a part of it. */
export function exportOf({ conversation, messages, generations }: Snapshot): Exported {
  const { id, title, model, instructions, pinned, archived, leafId, createdAt, updatedAt } = conversation;
  return {
    type: EXPORT_TYPE,
    version: EXPORT_VERSION,
    conversation: { id, title, model, instructions, pinned, archived, leafId, createdAt, updatedAt },
    messages: messages.map(({ conversationId: _, ...message }) => message),
    generations: generations.map(({ conversationId: _, ...generation }) => generation),
  };
}

const foreignId = z.string().min(1).max(FOREIGN_ID_MAX_LENGTH);
/** Before this there were no conversations with models, and for Postgres no year 0. */
const pastTime = time.refine((text) => text >= "1970", "must be after 1970");

const text = z.object({ type: z.enum(["text", "reasoning"]), text: z.string() });
const file = z.object({
  type: z.literal("file"),
  mediaType: z.string().min(1).max(200),
  url: z.string().regex(/^(data:|https?:\/\/|\/api\/files\/)/i, "must be a data: or http(s) address"),
  filename: z.string().max(500).optional(),
  size: z.int().min(0).optional(),
});
const step = z.object({ type: z.literal("step-start") });
const source = z.object({
  type: z.literal("source-url"),
  sourceId: z.string(),
  url: z.string(),
  title: z.string().optional(),
});
const sourceDocument = z.object({
  type: z.literal("source-document"),
  sourceId: z.string(),
  mediaType: z.string(),
  title: z.string(),
  filename: z.string().optional(),
});
const call = z.object({
  type: z.string().regex(/^(tool-.+|dynamic-tool)$/),
  toolName: z.string().optional(),
  toolCallId: z.string().min(1),
  input: z.unknown(),
});
const calls = [
  call.extend({ state: z.literal("output-available"), output: z.unknown() }),
  call.extend({ state: z.literal("output-error"), errorText: z.string() }),
];

/** A part that is taken in. What only a provider understands of it is left behind; what is none of these, wholly. */
const importedPart = z
  .union([text, file, step, source, sourceDocument, ...calls])
  .or(z.looseObject({ type: z.string() }).transform(() => undefined));

/** What is taken in: what was written down here, or by who made it out of something else. Ids may be any strings. */
export const importBody = z.object({
  ...head,
  conversation: z.object({
    id: foreignId,
    title: z
      .string()
      .transform((title) => title.replace(/\s+/g, " ").trim().slice(0, TITLE_MAX_LENGTH).toWellFormed()),
    instructions: z.string().max(INSTRUCTIONS_MAX_LENGTH).nullish(),
    pinned: z.boolean().default(false),
    archived: z.boolean().default(false),
    leafId: foreignId.nullish(),
    createdAt: pastTime,
    updatedAt: pastTime,
  }),
  messages: z
    .array(
      z.object({
        id: foreignId,
        parentId: foreignId.nullable(),
        role: z.enum(["user", "assistant"]),
        parts: z
          .array(importedPart)
          .max(IMPORT_PARTS_MAX_COUNT)
          .transform((parts) => parts.filter((part) => part !== undefined) as unknown as Part[]),
        model: z.string().max(MODEL_MAX_LENGTH).nullish(),
        createdAt: pastTime,
      }),
    )
    .max(IMPORT_MESSAGES_MAX_COUNT, `a conversation may have ${IMPORT_MESSAGES_MAX_COUNT} messages`),
});
export type ImportBody = z.output<typeof importBody>;
export type ImportInput = z.input<typeof importBody>;
export type ImportedMessage = ImportBody["messages"][number];
