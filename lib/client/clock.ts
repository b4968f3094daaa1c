/** Time, as it is handed in: what it is, and a call later. */
export type Clock = {
  /** Milliseconds since 1970. It goes on while a device sleeps, which `performance.now()` need not. */
  nowMs(): number;
  /** Calls `act` once after `ms`, unless the returned function is called before. */
  after(ms: number, act: () => void): () => void;
};

export const browserClock: Clock = {
  nowMs: () => Date.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
