import { randomUUID } from "node:crypto";
import postgres from "postgres";
import type { Part } from "#lib/protocol/event";

/** Writes a conversation into the database as if it had been had: prompts and answers in turn, each after the other. */
export async function writeConversation(
  databaseUrl: string,
  accountId: string,
  messages: Part[][],
): Promise<{ id: string; messageIds: string[] }> {
  const id = randomUUID();
  const messageIds = messages.map(() => randomUUID());
  const rows = messages.map((parts, index) => ({
    id: messageIds[index] ?? "",
    parent_id: messageIds[index - 1] ?? null,
    role: index % 2 === 0 ? "user" : "assistant",
    parts: JSON.stringify(parts),
    sequence: index + 1,
  }));
  const sql = postgres(databaseUrl, { max: 1 });
  await sql`insert into conversations (id, account_id, title, leaf_id)
    values (${id}, ${accountId}, 'a long one', ${messageIds.at(-1) ?? null})`;
  await sql`insert into logs (log_id, head) values (${id}, ${messages.length})`;
  await sql`insert into messages (id, conversation_id, parent_id, role, parts, sequence)
    select (row->>'id')::uuid, ${id}, (row->>'parent_id')::uuid, row->>'role', (row->>'parts')::jsonb, (row->>'sequence')::bigint
    from jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) row`;
  await sql.end();
  return { id, messageIds };
}
