/**
 * What a tab is among the tabs of its browser that show the same account. One of them leads: it holds the line, and
 * tells the others what comes by it.
 *
 * A `term` is the time of one leader, and only grows. Who speaks of an earlier one has slept, and is not listened to.
 */
export type Role =
  /** Nothing is followed here, or the page is put away. */
  | { kind: "away" }
  /** The others have been asked who leads. Whoever does answers at once. */
  | { kind: "asking" }
  | { kind: "listening"; term: number }
  /** Nobody answered: the one who has the lead is dead or frozen, and it is taken from them. */
  | { kind: "taking" }
  | { kind: "leading"; term: number };

export type RoleEvent =
  /** Something is followed here. */
  | { kind: "joined" }
  /** The lead is this tab's, for a new term. */
  | { kind: "granted"; term: number }
  /** The lead has been taken from this tab. */
  | { kind: "robbed" }
  /** The leader of a term has said something. */
  | { kind: "heard"; term: number }
  /** Nothing was heard for as long as this role waits. */
  | { kind: "quiet" }
  | { kind: "left" };

/** What a tab becomes. The same object means that nothing is to be done. */
export function nextRole(role: Role, event: RoleEvent): Role {
  if (event.kind === "left") return role.kind === "away" ? role : { kind: "away" };
  if (role.kind === "away") return event.kind === "joined" ? { kind: "asking" } : role;
  switch (event.kind) {
    case "joined":
      return role;
    case "granted":
      return { kind: "leading", term: event.term };
    case "robbed":
      return role.kind === "leading" ? { kind: "asking" } : role;
    case "heard":
      return "term" in role && event.term <= role.term ? role : { kind: "listening", term: event.term };
    case "quiet":
      return whenQuiet(role);
  }
}

/** A leader that answers is let be, so nobody loses the lead for having had nothing to tell. */
function whenQuiet(role: Role): Role {
  switch (role.kind) {
    case "listening":
      return { kind: "asking" };
    case "asking":
      return { kind: "taking" };
    default:
      return role;
  }
}
