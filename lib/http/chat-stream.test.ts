import { DefaultChatTransport, readUIMessageStream, type UIMessage, type UIMessageChunk } from "ai";
import { eq } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { entries } from "#drizzle/schema";
import { type Asked, findInFlight } from "#lib/conversations/find-in-flight";
import { ask, isIdle, snapshotWhen, startTestServer, textOf } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { chatStream } from "./chat-stream.ts";

const asker = { accountId: "a", by: { kind: "device" as const, id: "phone" } };
const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

/** Reads the response with the AI SDK's own transport. */
async function read(asked: Asked, from = server) {
  const response = chatStream(from, { asker, asked });
  const transport = new DefaultChatTransport({ fetch: async () => response });
  const stream = await transport.reconnectToStream({ chatId: "any" });
  const chunks: UIMessageChunk[] = [];
  let message: UIMessage | undefined;
  const noted = stream?.pipeThrough(
    new TransformStream<UIMessageChunk, UIMessageChunk>({
      transform(chunk, controller) {
        chunks.push(chunk);
        controller.enqueue(chunk);
      },
    }),
  );
  for await (const next of readUIMessageStream({ stream: noted ?? new ReadableStream() })) message = next;
  return { response, chunks, message };
}

test("who joins in mid-answer is told of it from its beginning, once, to its end", async () => {
  const asked = await ask(server, "count to 40, 10 ms apart");
  const { conversationId, sent } = asked;
  const hasTen = await snapshotWhen(server, asked, (now) => / 10\b/.test(textOf(now, sent.answerId)));
  expect(isIdle(hasTen)).toBe(false);
  const inFlight = (await findInFlight(server, asked)) as Asked;
  expect(inFlight).toMatchObject({ conversationId, answerId: sent.answerId });
  const { response, chunks, message } = await read(inFlight);
  expect(response.headers.get("x-vercel-ai-ui-message-stream")).toBe("v1");
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const stored = await snapshotWhen(server, asked, isIdle);
  expect(message?.parts).toEqual(stored.messages.at(-1)?.parts);
  expect(chunks[0]).toMatchObject({ type: "start", messageId: sent.answerId });
  expect(chunks.at(-1)).toMatchObject({ type: "finish" });
});

test("an answer whose log is not kept any more says so", async () => {
  const asked = await ask(server, "count to 2, 0 ms apart");
  await snapshotWhen(server, asked, isIdle);
  await server.database.delete(entries).where(eq(entries.logId, asked.conversationId));
  const { sent, conversationId } = asked;
  const late = startTestServer(database.url); // It remembers nothing of what was written.
  const { chunks } = await read({ ...sent, conversationId }, late);
  await late.stop();
  expect(chunks.map(({ type }) => type)).toEqual(["start", "error"]);
});
