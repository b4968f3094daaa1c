import { expect, test } from "vitest";
import type { Generation, Message } from "#lib/protocol/event";
import { detailsOf, durationOf } from "./details-of.ts";

const message = { model: "openai/gpt-x", createdAt: "2026-01-02T03:04:05.000Z" } as Message;
const made = (more: Partial<Generation>) =>
  ({ startedAt: "2026-01-02T03:04:05.000Z", ...more }) as Generation;
const names = (generation: Generation | undefined) => detailsOf(message, generation).map(({ name }) => name);

test("all is told that is known, and nothing else", () => {
  const usage = { inputTokens: 1_200, outputTokens: 300 };
  const whole = made({ endedAt: "2026-01-02T03:04:15.000Z", usage });
  expect(detailsOf(message, whole).map(({ value }) => value)).toEqual([
    "openai/gpt-x",
    expect.stringContaining("2026"),
    "10 s",
    "1,200",
    "300",
    "30 tokens/s",
  ]);
  expect(names(made({}))).toEqual(["Model", "Time"]);
  expect(names(undefined)).toEqual(["Model", "Time"]);
});

test("a speed is told where it means something", () => {
  const few = made({ endedAt: "2026-01-02T03:04:15.000Z", usage: { outputTokens: 3 } });
  const quick = made({ endedAt: "2026-01-02T03:04:05.100Z", usage: { outputTokens: 300 } });
  for (const generation of [few, quick]) expect(names(generation)).not.toContain("Speed");
});

test.each([
  [0, "0 s"],
  [1_249, "1.2 s"],
  [59_900, "59.9 s"],
  [60_000, "1 min 0 s"],
  [200_000, "3 min 20 s"],
])("%i ms are said as %s", (ms, said) => expect(durationOf(ms)).toBe(said));
