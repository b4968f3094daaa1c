import { expect, test } from "vitest";
import { thoughtFor } from "./reasoning.tsx";

const thought = (providerMetadata?: object) =>
  thoughtFor({ type: "reasoning", text: "so", providerMetadata } as never);

test("how long it thought is said where it was measured, and only there", () => {
  expect(thought({ rejoin: { durationMs: 12_400 } })).toBe("Thought for 12 s");
  expect(thought({ rejoin: { durationMs: 80 } })).toBe("Thought for 1 s");
  expect(thought({ rejoin: { durationMs: 61_000 } })).toBe("Thought for 1 min 1 s");
  expect(thought({ rejoin: { durationMs: 120_000 } })).toBe("Thought for 2 min");
  for (const metadata of [
    undefined,
    {},
    { rejoin: {} },
    { rejoin: { durationMs: "12" } },
    { openai: { durationMs: 1 } },
  ]) {
    expect(thought(metadata)).toBe("Thought it through");
  }
});
