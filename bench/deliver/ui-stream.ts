import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText, toUIMessageStream, type UIMessageChunk } from "ai";

/** A model's answer as the AI SDK's own routes send it. */
export function uiStream(providerUrl: string, prompt: string): ReadableStream<UIMessageChunk> {
  const provider = createOpenAICompatible({ name: "bench", baseURL: providerUrl });
  return toUIMessageStream({ stream: streamText({ model: provider("bench"), prompt }).stream });
}

const DATA = "data: ";

/** The text in such an answer, as it comes. */
export async function* textOf(response: Response): AsyncGenerator<string> {
  if (!response.ok || !response.body) throw new Error(`answered ${response.status}`);
  let rest = "";
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + piece).split("\n\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (!line.startsWith(`${DATA}{`)) continue;
      const chunk: UIMessageChunk = JSON.parse(line.slice(DATA.length));
      if (chunk.type === "text-delta") yield chunk.delta;
    }
  }
}
