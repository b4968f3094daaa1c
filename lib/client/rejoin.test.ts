import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { anyLog, type Log } from "#lib/protocol/arbitrary-log";
import { joinEntries } from "#lib/protocol/coalesce";
import type { ConversationEntry, ConversationEvent } from "#lib/protocol/event";
import { foldEntries } from "#lib/protocol/fold";
import { createConversationLog } from "./conversation-log.ts";
import { createFakeClock } from "./fake-clock.ts";
import { createFakeWorld } from "./fake-world.ts";
import type { Reader } from "./reader.ts";
import { createTabLine } from "./tab-line.ts";
import { frameOf, type Line, type LogServer, startLogServer } from "./test-log-server.ts";

const LOG = "a";

let server: LogServer;
beforeAll(async () => {
  server = await startLogServer();
});
afterAll(() => server.stop());

/** What one request brings of what it should, in which pieces, and how it is lost. */
const mishap = fc.record({
  /** The part of the bytes that arrives. The rest does not: the cut may be anywhere, also within a character. */
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  pieceBytes: fc.integer({ min: 1, max: 300 }),
  ending: fc.constantFrom("cut" as const, "end" as const),
  /** So many entries are said again though the reader has them. */
  overlap: fc.nat({ max: 4 }),
  /** Adjacent chunks are joined up to this size, as they are for catch-up. */
  joinBytes: fc.option(fc.integer({ min: 1, max: 2_000 }), { nil: undefined }),
});
type Mishap = typeof mishap extends fc.Arbitrary<infer Value> ? Value : never;

test("whatever happens to the line, a reader ends where the log ends and has taken each entry once", async () => {
  const property = fc.asyncProperty(anyLog, fc.array(mishap, { maxLength: 8 }), async (log, mishaps) => {
    const entries = asItIsSent(log);
    const whole = foldEntries(log.snapshot, entries);
    server.script.splice(0);
    for (const one of mishaps) server.script.push((line) => bringPartOf(line, entries, one));
    server.script.push((line) => bringAll(line, entries));

    const { snapshot, taken } = await follow({ ...log, entries });

    expect(snapshot).toEqual(whole);
    let { sequence } = log.snapshot;
    for (const entry of taken) {
      expect(entry.first).toBe(sequence + 1);
      sequence = entry.sequence;
    }
    expect(sequence).toBe(whole.sequence);
  });
  await fc.assert(property, { numRuns: 150 });
});

/** Follows until the end of the log, coming back as often as it takes, and notes every entry that changed anything. */
async function follow({ snapshot, entries }: Log) {
  const clock = createFakeClock();
  const world = createFakeWorld();
  const log = createConversationLog(
    {
      api: { loadSnapshot: () => Promise.reject(new Error("nothing is missing, so no snapshot is needed")) },
      clock,
      onEntry: () => {},
      onChange: () => {},
    },
    snapshot,
  );
  const taken: ConversationEntry[] = [];
  const reader: Reader<ConversationEvent> = {
    ...log.reader,
    take(entry) {
      const after = log.reader.after();
      log.reader.take(entry);
      if (log.reader.after() !== after) taken.push(entry);
    },
  };
  const line = createTabLine({
    fetch: server.fetch,
    clock,
    world,
    random: () => 0,
    isThere: async () => true,
    report: console.error,
  });
  const leave = line.follow(LOG, reader);
  const end = entries.at(-1)?.sequence ?? snapshot.sequence;
  while (log.reader.after() < end) {
    clock.advance(0);
    await new Promise((resolve) => setImmediate(resolve));
  }
  leave();
  return { snapshot: log.facts().snapshot, taken };
}

function bringPartOf(line: Line, entries: ConversationEntry[], { overlap, joinBytes, ...how }: Mishap) {
  const after = line.places[0]?.after ?? 0;
  const lacking = entries.filter(
    ({ sequence }) => sequence > after - (joinBytes === undefined ? overlap : 0),
  );
  const sent = joinBytes === undefined ? lacking : joinEntries(lacking, joinBytes);
  const bytes = Buffer.from(sent.map((entry) => frameOf(LOG, entry)).join(""));
  const length = Math.floor(bytes.length * how.share);
  server.startLine(line);
  for (let start = 0; start < length; start += how.pieceBytes) {
    line.response.write(bytes.subarray(start, Math.min(length, start + how.pieceBytes)));
  }
  if (how.ending === "end") line.response.end();
  else setImmediate(() => line.response.destroy());
}

function bringAll(line: Line, entries: ConversationEntry[]) {
  const after = line.places[0]?.after ?? 0;
  server.startLine(line);
  for (const entry of entries) if (entry.sequence > after) line.response.write(frameOf(LOG, entry));
}

/** What the wire carries of a log. A deletion would end it, and after that nothing is followed. */
function asItIsSent({ entries }: Log): ConversationEntry[] {
  const deleted = entries.findIndex(({ event }) => event.type === "conversation-deleted");
  return JSON.parse(JSON.stringify(deleted < 0 ? entries : entries.slice(0, deleted)));
}
