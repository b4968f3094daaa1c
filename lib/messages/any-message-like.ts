import { type Column, sql } from "drizzle-orm";
import { messages } from "#drizzle/schema";

/** A condition: some message of the conversation has a text like the pattern, in any case. */
export function anyMessageLike(conversationId: Column, pattern: string) {
  return sql`exists (
    select from ${messages}, jsonb_array_elements(${messages.parts}) as part
    where ${messages.conversationId} = ${conversationId}
      and part ->> 'type' = 'text' and part ->> 'text' ilike ${pattern})`;
}
