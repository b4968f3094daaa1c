import { vi } from "vitest";

/** Waits for a fact, looking often. The limit is for what never comes true, and generous for busy machines. */
export function soon<Value>(look: () => Value): Promise<Value> {
  return vi.waitFor(look, { interval: 2, timeout: 15_000 });
}
