import { expect, test } from "vitest";
import type { Part } from "#lib/protocol/event";
import { readToolCall } from "./read-tool-call.ts";

const call = (fields: object): Part =>
  ({ type: "tool-current_time", toolCallId: "1", input: {}, ...fields }) as unknown as Part;

test.each([
  [{ state: "input-streaming" }, "running"],
  [{ state: "input-available" }, "running"],
  [{ state: "approval-requested", approval: { id: "a" } }, "asking"],
  [{ state: "approval-responded", approval: { id: "a", approved: true } }, "running"],
  [{ state: "approval-responded", approval: { id: "a", approved: false } }, "denied"],
  [{ state: "output-denied" }, "denied"],
  [{ state: "output-available", output: { progress: "Reading…" }, preliminary: true }, "running"],
  [{ state: "output-available", output: "noon" }, "done"],
  [{ state: "output-available", output: { isError: true, content: [] } }, "failed"],
  [{ state: "output-error", errorText: "It broke." }, "failed"],
  [{ state: "output-error", errorText: "Interrupted before it finished." }, "interrupted"],
  [{ state: "of a newer version" }, "running"],
])("%j is %s", (fields, state) => {
  expect(readToolCall(call(fields))).toMatchObject({ name: "current_time", label: "current time", state });
});

test("a tool of another server is named by what that says", () => {
  const part = {
    ...{
      type: "dynamic-tool",
      toolName: "notes_look_up",
      toolCallId: "1",
      state: "input-available",
      input: {},
    },
    toolMetadata: { clientName: "notes", toolName: "look_up" },
  };
  expect(readToolCall(part as Part)).toMatchObject({
    name: "notes_look_up",
    label: "look up",
    server: "notes",
  });
  const titled = { ...part, toolMetadata: { ...part.toolMetadata, title: "Look it up" } };
  expect(readToolCall(titled as Part)).toMatchObject({ label: "Look it up" });
});

test("what a tool says on its way is progress, and no result", () => {
  const fields = { state: "output-available", output: { progress: "Asking…" }, preliminary: true };
  expect(readToolCall(call(fields))).toMatchObject({ progress: "Asking…", output: undefined });
});

test.each([{ type: "text", text: "hello" }, { type: "data-weather", data: {} }, { type: "step-start" }])(
  "%j is no call",
  (part) => expect(readToolCall(part as Part)).toBeUndefined(),
);
