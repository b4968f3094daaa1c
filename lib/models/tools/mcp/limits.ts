import { strict as assert } from "node:assert";

/** How often it is looked whether a server is due to be asked. */
export const TICK_MS = 1_000;
/** How long what a server offers is believed: it may learn something new while it runs. */
export const BELIEVED_MS = 60_000;
/** The first pause after a server was not there; each further one is twice as long. */
export const RETRY_MIN_MS = 1_000;
export const RETRY_MAX_MS = 60_000;
/** To say hello and what there is. */
export const ASK_MAX_MS = 10_000;
/** For one call of a tool. */
export const CALL_MAX_MS = 5 * 60_000;
/** Of what a tool returns, as JSON. */
export const RESULT_MAX_LENGTH = 512 * 1024;
/** Of the tools of one server. A model is told of all of them, each time. */
export const TOOLS_MAX = 100;
/** What providers take as a tool's name. */
export const TOOL_NAME_MAX_LENGTH = 64;

assert(TICK_MS <= RETRY_MIN_MS && RETRY_MIN_MS <= RETRY_MAX_MS);
assert(ASK_MAX_MS < BELIEVED_MS);
