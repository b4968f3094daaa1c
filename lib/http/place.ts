import { z } from "zod";
import { ACCOUNT_LOG } from "#lib/conversations/follow-logs";
import { Failure } from "#lib/errors";
import { WAIT_MAX_SECONDS } from "#lib/protocol/api";
import { idSchema } from "#lib/protocol/ids";

/** A sequence as it stands in an address or a header: digits and nothing else. */
export const sequenceText = z
  .string()
  .regex(/^\d{1,15}$/, "must be a sequence: a whole number, 0 or more")
  .transform(Number);

const waitText = z
  .string()
  .regex(/^\d{1,3}$/, "must be seconds")
  .transform((seconds) => Math.min(Number(seconds), WAIT_MAX_SECONDS))
  .default(0);

export const followQuery = z.object({
  after: sequenceText.default(0),
  until: z.literal("idle", "must be `idle`").optional(),
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
  log: z.union([placeText.transform((place) => [place]), z.array(placeText)]),
  wait: waitText,
});

/** The position of a line of several logs, as its frames' ids give it: `account:7,0192…:813`. */
export const positionText = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(placeText));

/** `Last-Event-ID` wins over the address: that is what a browser that comes back by itself has. */
export function afterOf(request: Request, after: number): number {
  const last = request.headers.get("last-event-id");
  if (last === null) return after;
  const parsed = sequenceText.safeParse(last.trim());
  if (parsed.success) return parsed.data;
  throw new Failure("invalid-request", `Last-Event-ID: ${parsed.error.issues[0]?.message}.`);
}

type NamedPlace = { log: string; after: number };

/** Where a line of several logs goes on: the address says which logs, `Last-Event-ID`, if there is one, from where. */
export function rejoinedAt(request: Request, asked: NamedPlace[]): NamedPlace[] {
  const last = request.headers.get("last-event-id");
  if (last === null) return asked;
  const parsed = positionText.safeParse(last.trim());
  if (!parsed.success)
    throw new Failure("invalid-request", `Last-Event-ID: ${parsed.error.issues[0]?.message}.`);
  const reached = new Map(parsed.data.map(({ log, after }) => [log, after]));
  return asked.map(({ log, after }) => ({ log, after: reached.get(log) ?? after }));
}
