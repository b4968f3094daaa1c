import { z } from "zod";
import { modelId, PARTS_MAX_COUNT, promptPart } from "./api.ts";

const FOREIGN_ID_MAX_LENGTH = 200;

/** Whatever string a client of the AI SDK names a chat or a message by. */
export const foreignIdSchema = z.string().min(1).max(FOREIGN_ID_MAX_LENGTH);

export const chatParams = z.object({ conversationId: foreignIdSchema });

// Of the messages that a client holds only the last is new, so only that is read. The rest say where it belongs.
const held = z.looseObject({
  id: foreignIdSchema,
  role: z.string(),
  parts: z.array(z.unknown()),
});
export type HeldMessage = z.infer<typeof held>;

export const chatPartsSchema = z
  .array(promptPart)
  .max(PARTS_MAX_COUNT)
  .refine(
    (parts) => parts.some((part) => part.type === "file" || part.text.trim() !== ""),
    "the prompt is empty",
  );

/** What the AI SDK's `HttpChatTransport` posts, and the short form of its guide, with the last message alone. */
export const chatBody = z
  .object({
    id: foreignIdSchema,
    messages: z.array(held).min(1).optional(),
    message: held.optional(),
    trigger: z.enum(["submit-message", "regenerate-message"]).default("submit-message"),
    messageId: foreignIdSchema.nullish(),
    model: modelId.optional(),
  })
  .transform(({ messages, message, ...rest }, context) => {
    const all = messages ?? (message ? [message] : []);
    const last = all.at(-1);
    if (!last || (messages && message)) {
      context.addIssue({ code: "custom", path: ["messages"], message: "give either messages or message" });
      return z.NEVER;
    }
    const path = messages ? ["messages", all.length - 1] : ["message"];
    if (last.role !== "user") {
      context.addIssue({
        code: "custom",
        path: [...path, "role"],
        message:
          "the last message must be the user's. Tools run on the server, and neither their results nor answers are taken from clients",
      });
      return z.NEVER;
    }
    const parts = chatPartsSchema.safeParse(last.parts);
    if (!parts.success) {
      for (const issue of parts.error.issues) {
        context.addIssue({ code: "custom", path: [...path, "parts", ...issue.path], message: issue.message });
      }
      return z.NEVER;
    }
    return { ...rest, before: all.slice(0, -1), prompt: { id: last.id, parts: parts.data } };
  });
export type ChatBody = z.output<typeof chatBody>;

/** What the `start` of an answer tells a client beside its id, so that it can be cancelled. */
export const chatMetadataSchema = z.object({ conversationId: z.string(), generationId: z.string() });
