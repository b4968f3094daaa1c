/** An event of a provider that carries one piece of text, and can carry more of it. */
export type ProviderDelta = {
  /** All that it says besides. Two deltas of the same kind say the same with their texts joined. */
  kind: string;
  text: string;
  /** The same event with another text. */
  withText(text: string): string;
};

type Json = Record<string, unknown>;

/** Where text is, whoever speaks: OpenAI's chat completions and those who speak like it, its responses, Anthropic. */
const TEXTS = [
  "content",
  "reasoning_content",
  "reasoning",
  "arguments",
  "text",
  "thinking",
  "partial_json",
  "delta",
];

/** Those of OpenAI's responses whose pieces are text. Others are sounds or pictures, which cannot be joined so. */
const RESPONSE_DELTAS = new Set<unknown>([
  "response.output_text.delta",
  "response.reasoning_text.delta",
  "response.reasoning_summary_text.delta",
  "response.function_call_arguments.delta",
]);

/** Differs from event to event and tells nothing of the text. */
const PASSING = { sequence_number: undefined, obfuscation: undefined };

/** undefined for whatever is not known to be a delta and nothing else: such an event stays as it is. */
export function parseProviderDelta(data: string): ProviderDelta | undefined {
  try {
    return deltaIn(objectOf(JSON.parse(data)));
  } catch {
    return undefined; // `[DONE]`, say, or nested too deep to be written again. It is passed on as it came.
  }
}

function deltaIn(event: Json | undefined): ProviderDelta | undefined {
  const holder = event && holderIn(event);
  if (!holder) return undefined;
  const [key, ...others] = textsIn(holder);
  if (key === undefined || others.length > 0) return undefined;
  const text = String(holder[key]);
  const withText = (other: string) => {
    holder[key] = other;
    return JSON.stringify(event);
  };
  holder[key] = "";
  return { kind: `${key} ${JSON.stringify({ ...event, ...PASSING })}`, text, withText };
}

function holderIn(event: Json): Json | undefined {
  if (event.type === "content_block_delta") return objectOf(event.delta);
  if (RESPONSE_DELTAS.has(event.type)) return event;
  const delta = objectOf(objectOf(only(event.choices))?.delta);
  const call = objectOf(only(delta?.tool_calls));
  if (!delta || !call) return delta;
  return textsIn(delta).length === 0 ? objectOf(call.function) : undefined;
}

const textsIn = (holder: Json) =>
  TEXTS.filter((key) => typeof holder[key] === "string" && holder[key] !== "");

const objectOf = (value: unknown): Json | undefined =>
  typeof value === "object" && value !== null ? (value as Json) : undefined;

const only = (list: unknown): unknown => (Array.isArray(list) && list.length === 1 ? list[0] : undefined);
