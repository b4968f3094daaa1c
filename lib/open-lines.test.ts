import { expect, test, vi } from "vitest";
import { type Bye, createLines } from "./open-lines.ts";

test("where a line would be broken off at a limit, it is sent on before", () => {
  vi.useFakeTimers();
  const lines = createLines(Number.POSITIVE_INFINITY, 10_000);
  const said: Bye[] = [];
  const asker = { accountId: "somebody", by: { kind: "device" as const, id: "a device" } };
  const forget = lines.add((bye) => void said.push(bye), asker);
  const forgetOther = lines.add(() => expect.fail("it was over"), asker);
  forgetOther();
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual([{ reason: "rotate", retryMs: 0 }]);
  forget();
  vi.useRealTimers();
});
