import fc from "fast-check";
import type { Chunk } from "./event.ts";

// What models say, for property tests: few ids, so that they meet; hostile ones among them; and texts that break things.

const id = fc.constantFrom("0", "1", "__proto__", "constructor");
const toolCallId = fc.constantFrom("call-1", "call-2", "__proto__");
const approvalId = fc.constantFrom("approval-1", "toString");

/** Strings with what databases, parsers and line protocols stumble over. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 5 }),
      fc.constantFrom(
        "\0",
        "\ud83d",
        "\ude00",
        "\u2028",
        "\u2029",
        "\r",
        "\n",
        "\n\n",
        "\\u0000",
        "\\",
        '"',
        "data: ",
        "\ufeff",
        "😀",
      ),
    ),
    { maxLength: 6 },
  )
  .map((texts) => texts.join(""));

// Node 24's own `JSON.parse` takes a key that is one control character and nothing else for a backslash, now and then:
// JSON.parse('[{"\\n":1,"b":1,"a":1},{"\\u001f":1},{"\\n":1,"\\u0000":1}]'). That is not what is tested here.
const isMistaken = (text: string) => text.length === 1 && text < " ";
const key = fc.oneof(
  fc.constantFrom("a", "b", "__proto__", "constructor", "toString"),
  hostileText.filter((text) => !isMistaken(text)),
);

/** Any JSON value, with hostile keys and texts. */
export const jsonValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.constantFrom<unknown>(null, true, false, 0, -1.5, 1e300, ""),
    hostileText,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs)),
  ),
})).value;

const fields = fc.array(fc.tuple(key, jsonValue), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs));
const providerMetadata = fc.dictionary(fc.constantFrom("openai", "__proto__"), fields, { maxKeys: 2 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 3 });
const flag = maybe(fc.boolean());

/** Pieces that often make up JSON, complete, partial or none at all. */
const inputText = fc.oneof(
  fc.constantFrom(
    '{"city"',
    ': "Par',
    'is", "days',
    '": [1',
    ", 2",
    ".5",
    "]}",
    "tru",
    "-",
    '"\\u00',
    "e9",
    "[",
  ),
  hostileText,
);

const textChunk = fc.oneof(
  fc.record({
    type: fc.constantFrom("text-start", "reasoning-start"),
    id,
    providerMetadata: maybe(providerMetadata),
  }),
  fc.record({
    type: fc.constantFrom("text-delta", "reasoning-delta"),
    id,
    delta: hostileText,
    providerMetadata: fc.option(providerMetadata, { nil: undefined, freq: 20 }),
  }),
  fc.record({ type: fc.constantFrom("text-delta", "reasoning-delta"), id, delta: hostileText }),
  fc.record({ type: fc.constant("reasoning-end"), id, providerMetadata: maybe(providerMetadata) }),
  fc.record({
    type: fc.constant("text-end"),
    id,
    providerMetadata: maybe(providerMetadata),
    citations: maybe(
      fc.array(
        fc.record({
          source: fc.constant({ type: "source", sourceType: "url", id: "s", url: "https://example.org" }),
        }),
        {
          maxLength: 2,
        },
      ),
    ),
  }),
);

const toolName = fc.constantFrom("weather", "look-up");
const ofTool = {
  toolMetadata: maybe(fields),
  providerExecuted: flag,
  providerMetadata: maybe(providerMetadata),
};
const named = {
  toolCallId,
  toolName,
  dynamic: flag,
  title: maybe(fc.constantFrom("Weather", "")),
  ...ofTool,
};

const toolChunk = fc.oneof(
  fc.record({
    type: fc.constant("tool-input-start"),
    inputEncoding: maybe(fc.constantFrom("json", "text")),
    ...named,
  }),
  fc.record({ type: fc.constant("tool-input-delta"), toolCallId, inputTextDelta: inputText }),
  fc.record({ type: fc.constant("tool-input-delta"), toolCallId, inputTextDelta: inputText }),
  fc.record({ type: fc.constant("tool-input-available"), input: jsonValue, ...named }),
  fc.record({ type: fc.constant("tool-input-error"), input: jsonValue, errorText: hostileText, ...named }),
  fc.record({
    type: fc.constant("tool-approval-request"),
    approvalId,
    toolCallId,
    approvalDescriptor: maybe(jsonValue),
    inputSchemaInput: maybe(jsonValue),
    reason: maybe(hostileText),
    isAutomatic: flag,
    signature: maybe(fc.constant("signed")),
  }),
  fc.record({
    type: fc.constant("tool-approval-response"),
    approvalId,
    approved: fc.boolean(),
    reason: maybe(hostileText),
    providerExecuted: flag,
    providerMetadata: maybe(providerMetadata),
  }),
  fc.record({
    type: fc.constant("tool-output-available"),
    toolCallId,
    output: jsonValue,
    preliminary: flag,
    ...ofTool,
  }),
  fc.record({ type: fc.constant("tool-output-error"), toolCallId, errorText: hostileText, ...ofTool }),
  fc.record({ type: fc.constant("tool-output-denied"), toolCallId }),
);

const wholeChunk = fc.oneof(
  fc.record({
    type: fc.constant("custom"),
    kind: fc.constant("openai.compaction"),
    providerMetadata: maybe(providerMetadata),
  }),
  fc.record({
    type: fc.constantFrom("file", "reasoning-file"),
    url: fc.constant("data:text/plain,hello"),
    mediaType: fc.constant("text/plain"),
    providerMetadata: maybe(providerMetadata),
  }),
  fc.record({
    type: fc.constant("source-url"),
    sourceId: id,
    url: fc.constant("https://example.org"),
    title: maybe(hostileText),
    providerMetadata: maybe(providerMetadata),
  }),
  fc.record({
    type: fc.constant("source-document"),
    sourceId: id,
    mediaType: fc.constant("text/plain"),
    title: hostileText,
    filename: maybe(hostileText),
  }),
  fc.record({
    type: fc.constant("steering-message"),
    id,
    parts: fc.array(fc.record({ type: fc.constant("text"), text: hostileText }), { maxLength: 2 }),
  }),
  fc.record({
    type: fc.constantFrom("data-progress", "data-__proto__"),
    id: maybe(id),
    data: jsonValue,
    transient: flag,
  }),
);

const frameChunk = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ type: "start-step" }) },
  { weight: 2, arbitrary: fc.constant({ type: "finish-step" }) },
  { weight: 1, arbitrary: fc.constant({ type: "reset-step" }) },
  fc.record({ type: fc.constantFrom("start", "finish"), messageMetadata: maybe(fields) }),
  fc.record({ type: fc.constant("message-metadata"), messageMetadata: fields }),
  fc.record({ type: fc.constant("error"), errorText: hostileText }),
  fc.record({ type: fc.constant("abort"), reason: maybe(hostileText) }),
);

/** One chunk of any kind. It may name what is not there. */
export const anyChunk: fc.Arbitrary<Chunk> = fc
  .oneof(
    { weight: 5, arbitrary: textChunk },
    { weight: 5, arbitrary: toolChunk },
    { weight: 2, arbitrary: wholeChunk },
    { weight: 2, arbitrary: frameChunk },
  )
  // As it comes out of a log: without fields that have no value.
  .map((chunk) => JSON.parse(JSON.stringify(chunk)) as Chunk);

/** A list cut into pieces, anywhere. */
export function cut<Item>(items: Item[], sizes: number[]): Item[][] {
  const pieces: Item[][] = [];
  let start = 0;
  for (const size of sizes) {
    pieces.push(items.slice(start, start + size));
    start += size;
  }
  return [...pieces, items.slice(start)];
}
