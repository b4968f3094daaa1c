import { expect, test } from "vitest";
import type { Part } from "#lib/protocol/event";
import { fakeModel, spoken } from "../fake-model.ts";
import { askFor, drain, message } from "../fake-reply.ts";
import { withStandIns } from "./stand-ins.ts";

const allowed = {
  ...{ type: "dynamic-tool", toolName: "notes_write", toolCallId: "call_1", input: { text: "hello" } },
  ...{ state: "approval-responded", approval: { id: "a", approved: true } },
} as Part;

test("what was allowed and is not there any more has a result that says so", async () => {
  const answer = message("assistant", [{ type: "step-start" }, allowed]);
  const models = { languageModel: () => fakeModel(() => spoken("Then later.")) };
  const messages = [message("user", [{ type: "text", text: "note it" }]), answer];
  const tools = withStandIns({}, answer);
  const { chunks, text, failure } = await drain(
    askFor({ model: "openai/any", models, messages, tools }).reply,
  );
  expect(failure).toBeUndefined();
  expect(chunks).toContainEqual(
    expect.objectContaining({
      type: "tool-output-error",
      errorText: expect.stringContaining("notes_write cannot be reached now, so nothing was done."),
    }),
  );
  expect(text).toBe("Then later.");
});

test("nothing stands in for what is there, or was not allowed", () => {
  const tools = withStandIns({}, message("assistant", [allowed]));
  expect(Object.keys(tools)).toEqual(["notes_write"]);
  expect(withStandIns(tools, message("assistant", [allowed]))).toBe(tools);
  const denied = { ...allowed, approval: { id: "a", approved: false } } as Part;
  const asked = { ...allowed, state: "approval-requested", approval: { id: "a" } } as Part;
  expect(withStandIns({}, message("assistant", [denied, asked]))).toEqual({});
});
