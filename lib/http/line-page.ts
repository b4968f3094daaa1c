import type { FollowItem } from "#lib/log/follow";

/** What a line of several logs tells, as one JSON answer: the same, in the same order. */
export function linePage(items: FollowItem[], nameOf: (logId: string) => string): { told: object[] } {
  const told = items.flatMap((item): object[] => {
    const log = nameOf(item.logId);
    if (item.kind === "reset") return [{ log, sequence: item.sequence, reset: true }];
    if (item.kind === "caught-up") return [{ log, sequence: item.sequence, caughtUp: true }];
    return item.entries.map(({ first, sequence, text }) => ({
      log,
      first,
      sequence,
      event: JSON.parse(text),
    }));
  });
  return { told };
}
