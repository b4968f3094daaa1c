import { z } from "zod";
import { WAIT_MAX_SECONDS } from "./api.ts";
import { ACCOUNT_LOG } from "./event.ts";
import { idSchema } from "./ids.ts";

/** So many logs go on one line. With them its address stays shorter than what proxies and servers take. */
export const FOLLOWED_LOGS_MAX = 50;

/** A sequence as it stands in an address or a header: digits and nothing else. */
export const sequenceText = z
  .string()
  .regex(/^\d{1,15}$/, "must be a sequence: a whole number, 0 or more")
  .transform(Number);

const waitText = z
  .string()
  .regex(/^\d{1,3}$/, "must be seconds")
  .transform((seconds) => Math.min(Number(seconds), WAIT_MAX_SECONDS))
  .default(0)
  .describe(`Seconds that JSON is held back until there is something to tell; ${WAIT_MAX_SECONDS} at most.`);

export const followQuery = z.object({
  after: sequenceText.default(0).describe("The last sequence that the asker has; absent: 0."),
  until: z
    .literal("idle", "must be `idle`")
    .optional()
    .describe("Ends an event stream when nothing is being generated."),
  wait: waitText,
});

const placeText = z.string().transform((text, context) => {
  const colon = text.lastIndexOf(":");
  const name = text.slice(0, colon);
  const log = name === ACCOUNT_LOG ? { success: true as const, data: ACCOUNT_LOG } : idSchema.safeParse(name);
  const after = sequenceText.safeParse(text.slice(colon + 1));
  if (log.success && after.success) return { log: log.data, after: after.data };
  context.addIssue(`must be <log id>:<sequence>, as account:7; not ${text.slice(0, 80)}`);
  return z.NEVER;
});

export const placesQuery = z.object({
  log: z
    .union([placeText.transform((place) => [place]), z.array(placeText)])
    .describe("`account:<sequence>` or `<conversation id>:<sequence>`, once for each log."),
  wait: waitText,
});

/** The position of a line of several logs, as its frames' ids give it: `account:7,0192…:813`. */
export const positionText = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(placeText));
