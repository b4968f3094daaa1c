import { Failure } from "#lib/errors";
import { positionText, sequenceText } from "#lib/protocol/place";

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
