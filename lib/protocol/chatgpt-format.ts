import { z } from "zod";

// A conversation as ChatGPT writes it into `conversations.json`. It is nowhere described and changes from year to year,
// so only what is used is read, and a field that is missing or odd is as if it were not there.

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
/** Seconds since 1970, with a fraction. */
const seconds = z.number().nullish().catch(undefined);

const link = z.looseObject({ title: text, url: text }).catch({});

const metadata = z
  .looseObject({
    is_visually_hidden_from_conversation: flag,
    is_user_system_message: flag,
    model_slug: text,
    content_references: z
      .array(link.and(z.looseObject({ items: z.array(link).nullish().catch(null) }).catch({})))
      .nullish()
      .catch(null),
    citations: z
      .array(z.looseObject({ metadata: link.nullish() }).catch({}))
      .nullish()
      .catch(null),
  })
  .nullish()
  .catch(null);

const message = z.looseObject({
  author: z.looseObject({ role: z.string() }),
  create_time: seconds,
  recipient: text,
  content: z.looseObject({
    content_type: text,
    parts: z.array(z.unknown()).optional().catch(undefined),
    text,
    language: text,
    thoughts: z
      .array(z.looseObject({ summary: text, content: text }).catch({}))
      .optional()
      .catch(undefined),
  }),
  metadata,
});
export type ForeignMessage = z.infer<typeof message>;

const node = z
  .looseObject({
    parent: z.string().nullish().catch(null),
    children: z.array(z.string()).optional().catch(undefined),
    message: message.nullish().catch(null),
  })
  .catch({});

export const foreignConversation = z.looseObject({
  title: text.or(z.null()),
  create_time: seconds,
  update_time: seconds,
  conversation_id: text,
  id: text,
  current_node: z.string().nullish().catch(null),
  mapping: z.record(z.string(), node),
});
export type ForeignConversation = z.infer<typeof foreignConversation>;
