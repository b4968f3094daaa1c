import { expect, test } from "vitest";
import { emptyMessage, numberedId } from "./arbitrary-log.ts";
import type { Message, Part } from "./event.ts";
import { withApproval } from "./with-approval.ts";

const messageId = numberedId(1);
const given = { type: "approval-given", messageId, approvalId: "a" } as const;

const asking = (id: string): Part => ({
  type: "dynamic-tool",
  toolName: "notes_write",
  toolCallId: `call-${id}`,
  state: "approval-requested",
  input: { text: "hello" },
  approval: { id },
});

const message: Message = {
  ...emptyMessage(messageId),
  parts: [{ type: "step-start" }, asking("a"), asking("b")],
};

test.each([true, false])("the call that asked has its answer, and all else is as it was: %s", (approved) => {
  const { parts } = withApproval(message, { ...given, approved });
  expect(parts[1]).toEqual({ ...asking("a"), state: "approval-responded", approval: { id: "a", approved } });
  expect(parts[0]).toBe(message.parts[0]);
  expect(parts[2]).toBe(message.parts[2]);
});

test("a reason goes with it", () => {
  const { parts } = withApproval(message, { ...given, approved: false, reason: "Not today." });
  expect(parts[1]).toMatchObject({ approval: { approved: false, reason: "Not today." } });
});

test("what was asked stays with the answer", () => {
  const signed = { ...asking("a"), approval: { id: "a", signature: "signed" } } as Part;
  const { parts } = withApproval({ ...message, parts: [signed] }, { ...given, approved: true });
  expect(parts[0]).toMatchObject({ approval: { id: "a", signature: "signed", approved: true } });
});

test("an approval is given once, and one that nobody asked for changes nothing", () => {
  const allowed = withApproval(message, { ...given, approved: true });
  expect(withApproval(allowed, { ...given, approved: false })).toBe(allowed);
  expect(withApproval(message, { ...given, approvalId: "toString", approved: true })).toBe(message);
});
