import { expect } from "@playwright/test";
import { DefaultChatTransport, type UIMessage } from "ai";
import { chatMetadataSchema } from "#lib/protocol/chat";
import { type Api, signInAsGuest } from "./api.ts";
import { test } from "./fixtures.ts";
import { expectProblem } from "./problems.ts";
import { hasCounted, headersBy, readAnswer, says, WAYS, wordsOf } from "./sdk-client.ts";
import { startServer } from "./servers.ts";
import { countTo } from "./stored.ts";

// What is promised to clients of the AI SDK: they work as they are. All that is ours here is what they are told to do.

const SLOW = "count to 120, 20 ms apart";
const WHOLE = countTo(120);
/** Longer than any test; each ends it when it has seen enough. */
const LONG = "count to 2000, 40 ms apart";

const transportTo = (url: string, headers: Record<string, string>) =>
  new DefaultChatTransport<UIMessage>({ api: `${url}/api/chat`, headers });

const submit = (chatId: string, messages: UIMessage[], messageId?: string) => ({
  trigger: "submit-message" as const,
  chatId,
  messages,
  messageId,
  abortSignal: undefined,
});

for (const way of WAYS) {
  test(`DefaultChatTransport with ${way}: who reconnects in mid-answer reads all of it, and so does who stays`, async ({
    server,
    api,
  }) => {
    const headers = await headersBy(way, api);
    const [one, two] = [transportTo(server.url, headers), transportTo(server.url, headers)];
    expect(await two.reconnectToStream({ chatId: "a chat" }), "there is nothing yet").toBeNull();
    const stays = readAnswer(await one.sendMessages(submit("a chat", [says("m1", SLOW)])));
    const early = await stays.until(hasCounted(20));
    const stream = await two.reconnectToStream({ chatId: "a chat" });
    const comes = readAnswer(stream ?? new ReadableStream());
    const ends = await Promise.all([stays.end, comes.end]);
    const stored = await storedAnswer(api, early.metadata);
    expect(stored.text).toBe(WHOLE);
    for (const { message, error, last } of ends) {
      expect(error).toBeUndefined();
      expect(last).toEqual({ type: "finish", finishReason: "stop" });
      expect({ id: message?.id, text: wordsOf(message) }).toEqual(stored);
    }
    expect(await two.reconnectToStream({ chatId: "a chat" }), "there is nothing any more").toBeNull();
  });
}

test("hanging up does not cancel; the call that does ends what others read, and keeps it", async ({
  server,
  api,
}) => {
  const transport = transportTo(server.url, await headersBy("an API key", api));
  const hangUp = new AbortController();
  const first = readAnswer(
    await transport.sendMessages({ ...submit("a chat", [says("m1", LONG)]), abortSignal: hangUp.signal }),
  );
  await first.until(hasCounted(5));
  hangUp.abort();
  expect((await first.end).error).toMatchObject({ name: "AbortError" });
  const stream = await transport.reconnectToStream({ chatId: "a chat" });
  const second = readAnswer(stream ?? new ReadableStream());
  const { metadata } = await second.until(hasCounted(15));
  await api.cancel(metadataOf({ metadata }).generationId);
  const { message, last } = await second.end;
  expect(last).toMatchObject({ type: "abort" });
  expect({ id: message?.id, text: wordsOf(message) }).toEqual(await storedAnswer(api, metadata));
});

test("the same message again is the same answer, and an answer that failed says why", async ({
  server,
  api,
}) => {
  const transport = transportTo(server.url, await headersBy("a cookie", api));
  const ask = () => transport.sendMessages(submit("a chat", [says("m1", "fail after 3")]));
  const together = (await Promise.all([ask(), ask()])).map((stream) => readAnswer(stream).end);
  const first = await Promise.race(together);
  const { conversationId, generationId } = metadataOf(first.message);
  const { generations } = await api.snapshot(conversationId);
  expect(generations).toMatchObject([{ id: generationId, status: "failed" }]);
  for (const end of [...(await Promise.all(together)), await readAnswer(await ask()).end]) {
    expect(end.message).toEqual(first.message);
    expect(wordsOf(end.message).trim()).toBe("1 2 3");
    expect(end.error).toMatchObject({ message: generations[0]?.error?.detail });
  }
});

test("what clients call their chats and messages is their own affair", async ({ server, guest }) => {
  const asked = await Promise.all(
    ["1", "größe / 1?#", "%41", "a b+c", "..."].map(async (chatId) => {
      const apis = [await guest(), await guest()];
      return Promise.all(
        apis.map(async (api, index) => {
          const transport = transportTo(server.url, await headersBy("a cookie", api));
          const sent = readAnswer(
            await transport.sendMessages(submit(chatId, [says("1", `${LONG} ${index}`)])),
          );
          const { metadata } = await sent.until(hasCounted(1));
          const found = readAnswer((await transport.reconnectToStream({ chatId })) ?? new ReadableStream());
          expect((await found.until(hasCounted(1))).metadata, chatId).toEqual(metadata);
          await api.cancel(metadataOf({ metadata }).generationId);
          return metadataOf({ metadata }).conversationId;
        }),
      );
    }),
  );
  expect(new Set(asked.flat()).size).toBe(10);
});

test("what is somebody else's is there for no client", async ({ server, guest }) => {
  const [owner, stranger] = [await guest(), await guest()];
  const { id } = await owner.create();
  const { generationId } = await owner.send(id, "stall after 2");
  const body = { id, messages: [says("m1", "hello")] };
  expectProblem(await stranger.refused("/api/chat", { body }), "not-found", 404);
  const theirs = transportTo(server.url, await headersBy("an API key", stranger));
  expect(await theirs.reconnectToStream({ chatId: id })).toBeNull();
  const own = transportTo(server.url, await headersBy("an API key", owner));
  const stream = await own.reconnectToStream({ chatId: id });
  const { metadata } = await readAnswer(stream ?? new ReadableStream()).until(hasCounted(1));
  expect(metadata).toEqual({ conversationId: id, generationId });
  await owner.cancel(generationId);
});

test("what a chat cannot be sent says why, before any stream", async ({ api }) => {
  const result = { id: "m2", role: "assistant", parts: [{ type: "tool-x", state: "output-available" }] };
  const body = { id: "a chat", messages: [says("m1", "hello"), result] };
  const refused = await api.refused("/api/chat", { body });
  expectProblem(refused, "invalid-request", 400);
  expect(refused.body.detail).toContain("messages.1.role: the last message must be the user's.");
});

test("a server that goes breaks the stream off, because an end would look like the end of the answer", async () => {
  const server = await startServer({ env: { SHUTDOWN_GRACE_MS: "0" } });
  try {
    const headers = await headersBy("a cookie", await signInAsGuest(server.url));
    const stream = await transportTo(server.url, headers).sendMessages(submit("a chat", [says("m1", LONG)]));
    const reading = readAnswer(stream);
    await reading.until(hasCounted(5));
    server.kill("SIGTERM");
    // In browsers a TypeError too, of the kind by which `useChat` knows that it may resume.
    expect((await reading.end).error).toBeInstanceOf(TypeError);
    await server.exited;
    expect(server.output()).not.toMatch(/error/i);
  } finally {
    await server.stop();
  }
});

const metadataOf = (message: Pick<UIMessage, "metadata"> | undefined) =>
  chatMetadataSchema.parse(message?.metadata);

/** What is kept of the answer that a client was told of. */
async function storedAnswer(api: Api, metadata: unknown) {
  const { conversationId, generationId } = metadataOf({ metadata });
  const { messages, generations } = await api.snapshot(conversationId);
  const made = generations.find(({ id }) => id === generationId);
  const message = messages.find(({ id }) => id === made?.messageId);
  return { id: message?.id, text: wordsOf(message as UIMessage | undefined) };
}
