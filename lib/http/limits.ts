import { strict as assert } from "node:assert";

/** Proxies cut a line that is silent for a minute; some after 30 seconds. */
export const KEEP_ALIVE_MS = 15_000;
/** A line is ended on purpose before anything between us and the browser ends it. */
export const LINE_MAX_MS = 240_000;
/** Lines do not all end at once. */
export const LINE_JITTER_MS = 30_000;
export const RECONNECT_MS = 1_000;
/** `Prefer: wait` holds an answer no longer than proxies do. */
export const PREFER_WAIT_MAX_SECONDS = 55;

assert(KEEP_ALIVE_MS * 2 < LINE_MAX_MS - LINE_JITTER_MS);
