/**
 * The state of a line to the server.
 *
 * `attempt` counts the tries in a row that brought nothing. A frame is progress and ends the count;
 * an answer without a frame is not, so a server that accepts and hangs up is not asked in a hot loop.
 */
export type Line =
  /** A request is out and nothing has come yet. */
  | { kind: "connecting"; attempt: number }
  | { kind: "live" }
  /** No request is out; the next one waits for the back-off and for what the server asked for. */
  | { kind: "waiting"; attempt: number; atLeastMs: number }
  /** Like waiting, and asked for by a server that has too many lines already: nothing makes it shorter. */
  | { kind: "refused"; attempt: number; atLeastMs: number }
  /** Like waiting, and the browser says that there is no network. It may be wrong, so we still try, slowly. */
  | { kind: "offline"; attempt: number }
  /** Like waiting, and a page of the network answers in the server's place: it wants a sign-in of its own first. */
  | { kind: "captive"; attempt: number }
  /** This tab is to be without a line for now. */
  | { kind: "parked" }
  | { kind: "closed"; reason: "left" | "signed-out" };

export type LineEvent =
  /** Another log is followed, or one from another number: the request is asked anew. */
  | { kind: "asked" }
  | { kind: "frame" }
  /** The request is over, however it ended. `atLeastMs` is the pause that the server asked for, or 0. */
  | { kind: "lost"; atLeastMs: number }
  /** The server has too many lines already, and says when to ask again. */
  | { kind: "refused"; atLeastMs: number }
  /** Something answered that is not the server, in its place. */
  | { kind: "captive" }
  /** Nothing was heard for too long: the request is taken for dead. */
  | { kind: "silent" }
  | { kind: "signed-out" }
  | { kind: "online" }
  | { kind: "offline" }
  | { kind: "visible" }
  /** The page is put away, or nobody looks at it and enough other tabs of the browser have lines. */
  | { kind: "parked" }
  | { kind: "retry-due" }
  /** No log is followed any more. */
  | { kind: "left" };

/**
 * What the line becomes. The same object means that nothing is to be done; a new `connecting` means that
 * a new request goes out, also where one was out before.
 */
export function next(line: Line, event: LineEvent): Line {
  if (event.kind === "signed-out") return { kind: "closed", reason: "signed-out" };
  switch (line.kind) {
    case "connecting":
      return whileConnecting(line, event);
    case "live":
      return whileLive(line, event);
    case "waiting":
    case "offline":
    case "captive":
      return whilePaused(line, event);
    case "refused":
      return whileRefused(line, event);
    case "parked":
      return whileParked(line, event);
    case "closed":
      return event.kind === "asked" && line.reason === "left" ? { kind: "connecting", attempt: 0 } : line;
  }
}

function whileConnecting(line: Line & { kind: "connecting" }, event: RequestEvent): Line {
  switch (event.kind) {
    case "frame":
      return { kind: "live" };
    case "lost":
      return { kind: "waiting", attempt: line.attempt + 1, atLeastMs: event.atLeastMs };
    case "refused":
      return { kind: "refused", attempt: line.attempt + 1, atLeastMs: event.atLeastMs };
    case "captive":
      return { kind: "captive", attempt: line.attempt + 1 };
    case "silent":
      return { kind: "connecting", attempt: line.attempt + 1 };
    // The request may have gone out over the network that is no more, and hang there until its patience ends.
    case "online":
    case "offline":
    case "asked":
      return { kind: "connecting", attempt: line.attempt };
    case "parked":
      return { kind: "parked" };
    case "left":
      return { kind: "closed", reason: "left" };
    case "visible":
    case "retry-due":
      return line;
  }
}

function whileLive(line: Line & { kind: "live" }, event: RequestEvent): Line {
  switch (event.kind) {
    case "lost":
      return { kind: "waiting", attempt: 1, atLeastMs: event.atLeastMs };
    // Of one whose news are asked for page by page.
    case "refused":
      return { kind: "refused", attempt: 1, atLeastMs: event.atLeastMs };
    case "captive":
      return { kind: "captive", attempt: 1 };
    case "silent":
      return { kind: "connecting", attempt: 1 };
    // The network changed, and an open socket on the old one may stay silent for minutes. Asking anew
    // tells at once, and where the browser is wrong about the network it costs one request.
    case "online":
    case "offline":
    case "asked":
      return { kind: "connecting", attempt: 0 };
    case "parked":
      return { kind: "parked" };
    case "left":
      return { kind: "closed", reason: "left" };
    case "frame":
    case "visible":
    case "retry-due":
      return line;
  }
}

function whilePaused(line: Line & { kind: "waiting" | "offline" | "captive" }, event: RequestEvent): Line {
  switch (event.kind) {
    case "online":
    case "visible":
    case "retry-due":
    case "asked":
      return { kind: "connecting", attempt: line.attempt };
    case "offline":
      return line.kind === "offline" ? line : { kind: "offline", attempt: line.attempt };
    case "parked":
      return { kind: "parked" };
    case "left":
      return { kind: "closed", reason: "left" };
    // Echoes of a request that is over.
    case "frame":
    case "lost":
    case "refused":
    case "captive":
    case "silent":
      return line;
  }
}

/** Also whoever looks, or goes to another page, waits: what they would ask for would be refused as well. */
function whileRefused(line: Line & { kind: "refused" }, event: RequestEvent): Line {
  switch (event.kind) {
    case "retry-due":
      return { kind: "connecting", attempt: line.attempt };
    case "parked":
      return { kind: "parked" };
    case "left":
      return { kind: "closed", reason: "left" };
    default:
      return line;
  }
}

/** Whoever looks at the tab gets its line back, and everything that came meanwhile. Nothing else is a reason. */
function whileParked(line: Line & { kind: "parked" }, event: RequestEvent): Line {
  if (event.kind === "visible") return { kind: "connecting", attempt: 0 };
  return event.kind === "left" ? { kind: "closed", reason: "left" } : line;
}

type RequestEvent = Exclude<LineEvent, { kind: "signed-out" }>;
