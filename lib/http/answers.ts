/** What is shorter is sent sooner than it is compressed. */
const COMPRESS_FROM_LENGTH = 1024;

/** JSON that nobody keeps: everything here changes, and is somebody's own. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const text = JSON.stringify(body);
  return new Response(text, {
    status,
    headers: {
      "content-type": "application/json",
      "cache-control": text.length < COMPRESS_FROM_LENGTH ? "no-store, no-transform" : "no-store",
      ...headers,
    },
  });
}

/** `Accept` names what is asked for; without it, JSON. */
export const wantsEvents = (request: Request): boolean =>
  (request.headers.get("accept") ?? "").toLowerCase().includes("text/event-stream");

/** For an address that answers with events unless JSON is asked for by name. */
export const wantsJson = (request: Request): boolean =>
  !wantsEvents(request) && (request.headers.get("accept") ?? "").toLowerCase().includes("application/json");

/** `Prefer: wait=<seconds>` (RFC 7240), or undefined if the caller does not wait. */
export function preferredWaitMs(request: Request, maxSeconds: number): number | undefined {
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(request.headers.get("prefer") ?? "") ?? [];
  return seconds === undefined ? undefined : Math.min(Number(seconds), maxSeconds) * 1000;
}
