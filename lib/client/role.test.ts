import { expect, test } from "vitest";
import { nextRole, type Role, type RoleEvent } from "./role.ts";

const roles: { [Kind in Role["kind"]]: Role & { kind: Kind } } = {
  away: { kind: "away" },
  asking: { kind: "asking" },
  listening: { kind: "listening", term: 5 },
  taking: { kind: "taking" },
  leading: { kind: "leading", term: 5 },
};

const events = {
  joined: { kind: "joined" },
  granted: { kind: "granted", term: 6 },
  robbed: { kind: "robbed" },
  "heard of an earlier term": { kind: "heard", term: 4 },
  "heard of this term": { kind: "heard", term: 5 },
  "heard of a later term": { kind: "heard", term: 6 },
  quiet: { kind: "quiet" },
  left: { kind: "left" },
} satisfies Record<string, RoleEvent>;

const { away, asking, taking } = roles;
const leading: Role = { kind: "leading", term: 6 };
const listening = (term: number): Role => ({ kind: "listening", term });
const same = "same";

// Every cell is decided. A new role or event does not compile until its row or column is.
const table: Record<Role["kind"], Record<keyof typeof events, Role | typeof same>> = {
  away: {
    joined: asking,
    granted: same,
    robbed: same,
    "heard of an earlier term": same,
    "heard of this term": same,
    "heard of a later term": same,
    quiet: same,
    left: same,
  },
  asking: {
    joined: same,
    granted: leading,
    robbed: same,
    "heard of an earlier term": listening(4),
    "heard of this term": listening(5),
    "heard of a later term": listening(6),
    quiet: taking,
    left: away,
  },
  listening: {
    joined: same,
    granted: leading,
    robbed: same,
    "heard of an earlier term": same,
    "heard of this term": same,
    "heard of a later term": listening(6),
    quiet: asking,
    left: away,
  },
  taking: {
    joined: same,
    granted: leading,
    robbed: same,
    "heard of an earlier term": listening(4),
    "heard of this term": listening(5),
    "heard of a later term": listening(6),
    quiet: same,
    left: away,
  },
  leading: {
    joined: same,
    granted: leading,
    robbed: asking,
    "heard of an earlier term": same,
    "heard of this term": same,
    "heard of a later term": listening(6),
    quiet: same,
    left: away,
  },
};

const cells = Object.entries(table).flatMap(([role, row]) =>
  Object.entries(row).map(([event, becomes]) => ({ role, event, becomes })),
) as { role: Role["kind"]; event: keyof typeof events; becomes: Role | typeof same }[];

test.each(cells)("$role, then $event", ({ role, event, becomes }) => {
  const after = nextRole(roles[role], events[event]);
  if (becomes === same) expect(after).toBe(roles[role]);
  else expect(after).toEqual(becomes);
});
