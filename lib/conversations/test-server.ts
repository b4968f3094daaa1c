import { addTestAccount } from "#lib/accounts/test-account";
import { parseSettings, type Settings } from "#lib/env";
import type { Snapshot } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createServer, type Server } from "#lib/server";
import { loadSnapshot } from "./load-snapshot.ts";
import { sendPrompt } from "./send-prompt.ts";

export const testSettings = (url: string, settings: Record<string, string> = {}): Settings =>
  parseSettings({
    DATABASE_URL: url,
    AUTH_SECRET: "for tests only, and long enough for them",
    TITLE_MODEL: "off",
    FOLLOW_UPS: "off",
    ...settings,
  });

/** A server without its addresses: everything that one process has, answering with the demo model. */
export function startTestServer(url: string, settings: Record<string, string> = {}): Server {
  const server = createServer(testSettings(url, { SHUTDOWN_GRACE_MS: "0", ...settings }));
  server.start();
  return server;
}

export const textPrompt = (text: string, id = newId()) => ({ id, parts: [{ type: "text" as const, text }] });

/** A new conversation with one prompt in it. */
export async function ask(server: Server, text: string) {
  const [accountId, conversationId] = [await addTestAccount(server.database), newId()];
  const { sent } = await sendPrompt(server, { accountId, conversationId, prompt: textPrompt(text) });
  return { accountId, conversationId, sent };
}

/** Looks whenever the conversation's log grows, until it is as wanted. */
export async function snapshotWhen(
  server: Server,
  { accountId, conversationId }: { accountId: string; conversationId: string },
  isSo: (snapshot: Snapshot) => boolean,
): Promise<Snapshot> {
  const places = [{ logId: conversationId, after: 0 }];
  for await (const _ of server.log.follow({ places, signal: AbortSignal.timeout(20_000) })) {
    const snapshot = await loadSnapshot(server.database, { accountId, conversationId });
    if (isSo(snapshot)) return snapshot;
  }
  throw new Error("the conversation never came to be as wanted");
}

export const isIdle = ({ generations }: Snapshot) =>
  generations.every(({ endedAt }) => endedAt !== undefined);

export function textOf(snapshot: Snapshot, messageId: string): string {
  const message = snapshot.messages.find(({ id }) => id === messageId);
  return (message?.parts ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}
