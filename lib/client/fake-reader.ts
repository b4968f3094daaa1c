import { vi } from "vitest";
import type { Reader } from "./reader.ts";

/** A reader for tests: it holds the numbers that it was given, and refuses gaps as the fold does. */
export function createFakeReader(...had: number[]) {
  const taken = [...had];
  const resets: number[] = [];
  const awayMs: number[] = [];
  const reader: Reader = {
    after: () => taken.at(-1) ?? 0,
    take({ first, sequence }) {
      if (sequence <= reader.after()) return;
      if (first !== reader.after() + 1) throw Object.assign(new Error("a gap"), { code: "log-gap" });
      taken.push(sequence);
    },
    async reset(head) {
      resets.push(head);
      taken.push(head);
    },
    gone: vi.fn(),
    caughtUp: (ms) => awayMs.push(ms),
  };
  return Object.assign(reader, { taken, resets, awayMs });
}
