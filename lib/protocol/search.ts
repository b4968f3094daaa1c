import { z } from "zod";
import { conversationItemSchema } from "./event.ts";
import { idSchema } from "./ids.ts";

export const SEARCH_MAX_LENGTH = 200;

export const searchQuery = z.object({
  q: z
    .string()
    .trim()
    .max(SEARCH_MAX_LENGTH)
    .default("")
    .describe('Words as they begin, and phrases in "quotes"; all must be in one message, or in the title.'),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

/** A piece of what was found, in order; what was searched for is a hit. */
export const excerptSchema = z.array(z.object({ text: z.string(), hit: z.boolean() }));
export type Excerpt = z.infer<typeof excerptSchema>;

export const searchHitSchema = z.object({
  conversation: conversationItemSchema,
  /** Null where the title says it. */
  messageId: idSchema.nullable(),
  excerpt: excerptSchema,
});
export type SearchHit = z.infer<typeof searchHitSchema>;

/** The best first: titles, then messages. */
export const searchHitsSchema = z.object({ hits: z.array(searchHitSchema) });
