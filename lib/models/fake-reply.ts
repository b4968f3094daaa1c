import { readUIMessageStream, type UIMessage, uiMessageChunkSchema } from "ai";
import { parseSettings, type Settings } from "#lib/env";
import type { Chunk, Message, Part, Usage } from "#lib/protocol/event";
import { newId } from "#lib/protocol/ids";
import { createModels } from "./models.ts";
import { type Prompt, type Reply, streamReply } from "./stream-reply.ts";

/** Asks a model as a worker would, for tests; waiting between tries takes no time and is written down. */
export function askFor(
  given: Partial<Prompt> & { model: string; text?: string; settings?: Partial<Settings> },
): {
  reply: Reply;
  waits: number[];
} {
  const { text = "hello", settings, ...prompt } = given;
  const waits: number[] = [];
  const reply = streamReply({
    models: createModels({ ...parseSettings({}), ...settings }),
    messages: [message("user", [{ type: "text", text }])],
    silenceMs: 5_000,
    restMs: () => 0,
    signal: new AbortController().signal,
    sleep: async (ms) => void waits.push(ms),
    random: () => 1,
    ...prompt,
  });
  return { reply, waits };
}

export type Drained = { chunks: Chunk[]; text: string; usage: Usage | undefined; failure: unknown };

/** Reads a reply to whatever end it has, and checks each chunk against the AI SDK's own schema. */
export async function drain({ chunks: source, usage }: Reply): Promise<Drained> {
  const chunks: Chunk[] = [];
  let failure: unknown;
  try {
    for await (const chunk of source) {
      await assertValid(chunk);
      chunks.push(chunk);
    }
  } catch (error) {
    failure = error;
  }
  return { chunks, text: textOf(chunks), usage: await usage, failure };
}

export function textOf(chunks: Chunk[]): string {
  return chunks.map((chunk) => (chunk.type === "text-delta" ? chunk.delta : "")).join("");
}

/** The message that the AI SDK makes of these chunks. */
export async function folded(chunks: Chunk[]): Promise<UIMessage | undefined> {
  let last: UIMessage | undefined;
  const stream = new ReadableStream<Chunk>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  for await (const state of readUIMessageStream({ stream })) last = state;
  return last;
}

export function message(role: Message["role"], parts: Part[]): Message {
  return {
    id: newId(),
    conversationId: newId(),
    parentId: null,
    role,
    parts,
    createdAt: new Date(0).toISOString(),
  };
}

async function assertValid(chunk: Chunk): Promise<void> {
  const checked = await uiMessageChunkSchema().validate?.(JSON.parse(JSON.stringify(chunk)));
  if (!checked?.success) throw new Error(`not a chunk: ${JSON.stringify(chunk)}`, { cause: checked });
}
