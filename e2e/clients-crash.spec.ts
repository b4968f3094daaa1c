import { expect } from "@playwright/test";
import { DefaultChatTransport, type UIMessage } from "ai";
import { createApi } from "./api.ts";
import { hasCounted, type Reading, readAnswer, says, wordsOf } from "./sdk-client.ts";
import { countTo } from "./stored.ts";
import { test } from "./two-servers.ts";

const COUNT = 150;
const PROMPT = `count to ${COUNT}, 20 ms apart`;

test("kill -9 of the owner while clients of the AI SDK read: no word twice, and who was cut off reads all anew", async ({
  servers,
  account: { api, cookie },
  ownerOf,
}) => {
  const transports = new Map(
    servers.map((server) => [
      server,
      new DefaultChatTransport<UIMessage>({ api: `${server.url}/api/chat`, headers: { cookie } }),
    ]),
  );
  const { id } = await api.create();
  const stream = await transports.get(servers[0])?.sendMessages({
    trigger: "submit-message",
    chatId: id,
    messages: [says("m1", PROMPT)],
    messageId: undefined,
    abortSignal: undefined,
  });
  const first = readAnswer(stream ?? new ReadableStream());
  await first.until(hasCounted(5));

  const [owner, other] = await ownerOf(id);
  const join = async (server: typeof owner): Promise<Reading> =>
    readAnswer((await transports.get(server)?.reconnectToStream({ chatId: id })) ?? new ReadableStream());
  const [stays, cutOff] = [await join(other), await join(owner)];
  await Promise.all([stays, cutOff].map((reading) => reading.until(hasCounted(12))));
  owner.kill("SIGKILL");
  expect((await cutOff.end).error, "it cannot be taken for the end").toBeInstanceOf(TypeError);
  const comes = await join(other);

  const left = createApi({ url: other.url, cookie });
  for (const { message, error, last } of [await stays.end, await comes.end]) {
    expect(error).toBeUndefined();
    expect(last).toMatchObject({ type: "finish" });
    expect(wordsOf(message)).toBe(countTo(COUNT));
    const { messages, generations } = await left.snapshot(id);
    expect(generations).toMatchObject([{ status: "completed", attempt: 2 }]);
    const stored = messages.find((kept) => kept.id === message?.id);
    expect(JSON.parse(JSON.stringify(message?.parts))).toEqual(stored?.parts);
  }
});
