import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const MODEL = "parrot";
export const PARROT_MODEL = `openai-compatible/${MODEL}`;
const PIECE_LENGTH = 7;
const PIECE_MS = 3;
const CALL = "call tools: ";
const FAIL = "fail with the key";

type Asked = { messages: { role: string; content: string | { text?: string }[] }[] };

export type Parrot = { url: string; stop(): Promise<void> };

/**
 * A model server on a real port that thinks and says what it is told, in small pieces. Told to call tools, it calls
 * them by those names, with those words; told to fail, it does as careless ones do, and repeats the key.
 */
export async function startParrot(): Promise<Parrot> {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    // Whichever protocol it is asked in.
    if (body.includes(FAIL)) return refuse(request, response);
    const last = (JSON.parse(body) as Asked).messages.at(-1);
    const words = wordsOf(last?.content ?? "");
    response.writeHead(200, { "content-type": "text/event-stream" });
    const calls = last?.role === "user" && words.startsWith(CALL);
    if (calls) write(response, { tool_calls: callsOf(words.slice(CALL.length)) });
    else await repeat(response, last?.role === "tool" ? "Called." : words);
    write(response, {}, calls ? "tool_calls" : "stop");
    response.end("data: [DONE]\n\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The settings by which a server has this model, and takes it for the default. */
export const taughtBy = ({ url }: Parrot) => ({
  OPENAI_COMPATIBLE_BASE_URL: url,
  OPENAI_COMPATIBLE_MODELS: MODEL,
  DEFAULT_MODEL: PARROT_MODEL,
});

type Call = { name: string; input: object };

/** A prompt that has it call tools. */
export const callTools = (calls: Call[]) => CALL + JSON.stringify(calls);

/** A prompt that has it fail. */
export const failWithKey = FAIL;

async function repeat(response: ServerResponse, words: string): Promise<void> {
  write(response, { reasoning_content: words });
  const letters = [...words];
  for (let at = 0; at < letters.length; at += PIECE_LENGTH) {
    write(response, { content: letters.slice(at, at + PIECE_LENGTH).join("") });
    await pause(PIECE_MS);
  }
}

function callsOf(text: string): object[] {
  return (JSON.parse(text) as Call[]).map(({ name, input }, index) => ({
    index,
    id: `call-${randomUUID()}`,
    type: "function",
    function: { name, arguments: JSON.stringify(input) },
  }));
}

function write(response: ServerResponse, delta: object, finish_reason?: string): void {
  const chunk = { id: "1", created: 1, model: MODEL, choices: [{ index: 0, delta, finish_reason }] };
  response.write(`data: ${JSON.stringify(chunk)}\n\n`);
}

function refuse(request: IncomingMessage, response: ServerResponse): void {
  const { authorization, "x-api-key": anthropic, "x-goog-api-key": google } = request.headers;
  const message = `Incorrect API key provided: ${authorization ?? anthropic ?? google}`;
  response
    .writeHead(401, { "content-type": "application/json" })
    .end(JSON.stringify({ error: { message, code: "invalid_api_key" } }));
}

function wordsOf(content: Asked["messages"][number]["content"]): string {
  return typeof content === "string" ? content : content.map(({ text = "" }) => text).join("");
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const piece of request) text += piece;
  return text;
}
