import type { Chunk } from "./event.ts";
import { newId } from "./ids.ts";

/** The message that these chunks are said of. */
export const answerId = newId();

export const begun = { type: "tool-input-start", toolCallId: "call", toolName: "weather" } as const;
const available = {
  type: "tool-input-available",
  toolCallId: "call",
  toolName: "weather",
  input: { city: "Paris" },
} as const;
const asked = {
  type: "tool-approval-request",
  toolCallId: "call",
  approvalId: "approval",
  reason: "costs money",
} as const;
const providerMetadata = { openai: { itemId: "item" } };

/** Every type that the AI SDK knows has a case; one that it adds does not compile until it has one. */
export const everyChunk: Record<Exclude<Chunk["type"], `data-${string}`> | "data-any", Chunk[]> = {
  "text-start": [{ type: "text-start", id: "0", providerMetadata }],
  "text-delta": [
    { type: "text-start", id: "0" },
    { type: "text-delta", id: "0", delta: "Hello", providerMetadata },
  ],
  "text-end": [
    { type: "text-start", id: "0" },
    { type: "text-end", id: "0", providerMetadata, citations: [] },
  ],
  "reasoning-start": [{ type: "reasoning-start", id: "0" }],
  "reasoning-delta": [
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-delta", id: "0", delta: "Hm" },
  ],
  "reasoning-end": [
    { type: "reasoning-start", id: "0" },
    { type: "reasoning-end", id: "0", providerMetadata },
  ],
  custom: [{ type: "custom", kind: "openai.compaction", providerMetadata }],
  error: [{ type: "error", errorText: "overloaded" }],
  abort: [{ type: "abort", reason: "cancelled" }],
  "tool-input-start": [{ ...begun, title: "Weather", inputEncoding: "json", providerMetadata }],
  "tool-input-delta": [
    { ...begun, dynamic: true },
    { type: "tool-input-delta", toolCallId: "call", inputTextDelta: '{"city":"Pa' },
  ],
  "tool-input-available": [begun, { ...available, providerExecuted: true, providerMetadata }],
  "tool-input-error": [
    begun,
    { ...available, type: "tool-input-error", dynamic: true, errorText: "no such tool" },
  ],
  "tool-approval-request": [available, asked],
  "tool-approval-response": [
    available,
    asked,
    { type: "tool-approval-response", approvalId: "approval", approved: true },
  ],
  "tool-output-available": [
    available,
    { type: "tool-output-available", toolCallId: "call", output: 21, preliminary: true },
  ],
  "tool-output-error": [
    available,
    { type: "tool-output-error", toolCallId: "call", errorText: "timed out", providerMetadata },
  ],
  "tool-output-denied": [
    available,
    asked,
    { type: "tool-approval-response", approvalId: "approval", approved: false, reason: "no" },
    { type: "tool-output-denied", toolCallId: "call" },
  ],
  "source-url": [{ type: "source-url", sourceId: "1", url: "https://example.org", title: "Example" }],
  "source-document": [
    { type: "source-document", sourceId: "1", mediaType: "text/plain", title: "Notes", filename: "n.txt" },
  ],
  file: [{ type: "file", url: "data:text/plain,hello", mediaType: "text/plain", providerMetadata }],
  "reasoning-file": [{ type: "reasoning-file", url: "data:text/plain,hello", mediaType: "text/plain" }],
  "steering-message": [{ type: "steering-message", id: "m", parts: [{ type: "text", text: "and shorter" }] }],
  "start-step": [{ type: "start-step" }],
  "finish-step": [{ type: "start-step" }, { type: "finish-step" }],
  "reset-step": [
    { type: "start-step" },
    { type: "text-start", id: "0" },
    { type: "start-step" },
    { type: "text-start", id: "1" },
    { type: "reset-step" },
  ],
  start: [{ type: "start", messageId: answerId, messageMetadata: { model: "demo" } }],
  finish: [{ type: "finish", finishReason: "stop", messageMetadata: { a: { b: 1 } } }],
  "message-metadata": [
    { type: "message-metadata", messageMetadata: { a: { b: 1 }, c: [1] } },
    { type: "message-metadata", messageMetadata: { a: { d: 2 }, c: [2] } },
  ],
  "data-any": [
    { type: "data-any", id: "0", data: 1 },
    { type: "data-any", data: "has no id" },
    { type: "data-any", id: "0", data: 2 },
    { type: "data-any", id: "0", data: 3, transient: true },
  ],
};
