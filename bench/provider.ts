import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Context } from "./bench.ts";
import { stamp } from "./stamp.ts";

/** The settings under which the product asks this provider. */
export const providerSettings = (url: string) => ({
  OPENAI_COMPATIBLE_BASE_URL: url,
  OPENAI_COMPATIBLE_MODELS: "bench",
  DEFAULT_MODEL: "openai-compatible/bench",
  DEMO_MODEL: "off",
});

/** What a prompt must be for the answer to be so many words, and so far apart. */
export const sayPrompt = ({ words, apartMs }: Speech) => `say ${words} words, ${apartMs} ms apart`;

export type Speech = { words: number; apartMs: number };

/** Time for every reader to take its seat before the first word. */
export const THINK_MS = 300;
const SPEECH = /say (\d+) words, (\d+) ms apart/;
const requestSchema = z.object({ messages: z.array(z.object({ content: z.unknown() })) });

/** A model server in this process, which stamps each word with the moment at which it is said. */
export async function startProvider(context: Context): Promise<string> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.endWith(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { words, apartMs } = speechIn(await textOf(request));
  response.writeHead(200, { "content-type": "text/event-stream" });
  const startsAtMs = performance.now() + THINK_MS;
  let said = 0;
  while (said < words) {
    await pause(Math.max(0, startsAtMs + said * apartMs - performance.now()));
    if (response.destroyed) return;
    // Each word is due a fixed time after the start, so a busy machine delays some and slows none.
    do {
      response.write(frame({ delta: { role: "assistant", content: stamp() }, finish_reason: null }));
      said += 1;
    } while (said < words && startsAtMs + said * apartMs <= performance.now());
  }
  response.write(frame({ delta: {}, finish_reason: "stop" }));
  response.end("data: [DONE]\n\n");
}

function frame(choice: object): string {
  const chunk = { id: "bench", object: "chat.completion.chunk", created: 1, model: "bench" };
  return `data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, ...choice }] })}\n\n`;
}

function speechIn(body: string): Speech {
  const prompt = JSON.stringify(requestSchema.parse(JSON.parse(body)).messages.at(-1)?.content);
  const [, words, apartMs] = SPEECH.exec(prompt) ?? [];
  if (words === undefined) throw new Error(`not a prompt of a bench: ${prompt}`);
  return { words: Number(words), apartMs: Number(apartMs) };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const piece of request) text += piece;
  return text;
}
