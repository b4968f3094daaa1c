import type { Api } from "#lib/client/api";

/** A conversation in which something was found. */
export type Found = { id: string; title: string };

const FOUND_MAX_COUNT = 8;

/** The conversations in which it says so, in titles or messages. */
export async function searchConversations(
  api: Pick<Api, "listConversations">,
  q: string,
  signal: AbortSignal,
): Promise<Found[]> {
  const { conversations } = await api.listConversations({ q, limit: FOUND_MAX_COUNT }, signal);
  return conversations.map(({ id, title }) => ({ id, title }));
}
