import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyLog,
  emptyMessage,
  emptySnapshot,
  type Log,
  numberedId,
  queuedGeneration,
} from "./arbitrary-log.ts";
import type { ConversationEntry, ConversationEvent, Message, Snapshot } from "./event.ts";
import { fold, foldEntries } from "./fold.ts";
import { pathTo } from "./path.ts";
import { sharedFiles } from "./share-files.ts";
import { createShareLog, type ToldByLink } from "./share-log.ts";
import { shareView } from "./share-view.ts";

const TOKEN = "a".repeat(43);
const SECRET = "nobody else's";
const viewOf = (snapshot: Snapshot) => shareView(snapshot, sharedFiles(TOKEN));

/** A log with branches: each message follows the one before, or another one, as the numbers say. */
const branchedLog = fc
  .tuple(anyLog, fc.array(fc.nat({ max: 5 }), { minLength: 25, maxLength: 25 }))
  .map(([{ snapshot, entries }, turns]): Log => {
    const parents = new Map<string, string | null>();
    const before: string[] = [];
    const placed = (message: Message): Message => {
      if (!parents.has(message.id)) {
        const turn = turns[parents.size % turns.length] ?? 0;
        parents.set(message.id, (turn === 0 ? before[turns.length % before.length] : before.at(-1)) ?? null);
        before.push(message.id);
      }
      return { ...message, parentId: parents.get(message.id) ?? null };
    };
    const own = { instructions: SECRET, draft: SECRET, shareToken: TOKEN };
    let now: Snapshot = { ...snapshot, conversation: { ...snapshot.conversation, ...own } };
    const first = now;
    const told = entries.map((entry): ConversationEntry => {
      const leafId = turns[entry.sequence % turns.length] === 1 ? before[0] : undefined;
      const event = eventOf(entry.event, placed, now, leafId);
      const branched = { ...entry, event };
      now = fold(now, branched);
      return branched;
    });
    return { snapshot: first, entries: told };
  });

function eventOf(
  event: ConversationEvent,
  placed: (message: Message) => Message,
  { conversation }: Snapshot,
  leafId: string | undefined,
): ConversationEvent {
  if (event.type === "message-added") return { ...event, message: placed(event.message) };
  if (event.type === "generation-end") {
    const generation = {
      ...event.generation,
      stoppedFrom: "phone" as const,
      error: { code: "x", detail: SECRET },
    };
    return { ...event, message: placed(event.message), generation };
  }
  // The title as it is told, in a conversation whose branches are others now; and now and then another branch with it.
  if (event.type === "conversation-changed") {
    const { title } = event.conversation;
    return { ...event, conversation: { ...conversation, title, ...(leafId && { leafId }) } };
  }
  return event;
}

/** Whoever has the link: they hold a view, fold what they are told, and load it anew where they are told to. */
function read(view: Snapshot, told: ToldByLink[], load: (sequence: number) => Snapshot): Snapshot {
  return told.reduce((now, item) => {
    if (item.kind === "reset") return load(item.sequence);
    return item.kind === "entry" ? fold(now, item.entry as ConversationEntry) : now;
  }, view);
}

test("whoever has the link folds what is told to what the owner's log looks like to them, from any number on", () => {
  fc.assert(
    fc.property(branchedLog, fc.nat(), fc.nat(), ({ snapshot, entries }, one, other) => {
      const states = [snapshot];
      for (const entry of entries) states.push(fold(states.at(-1) as Snapshot, entry));
      const [from, at] = [one % states.length, other % states.length].sort((a, b) => a - b) as [
        number,
        number,
      ];
      const log = createShareLog(states[at] as Snapshot, TOKEN);
      const told = entries.slice(from).map(log.tell);
      const load = (sequence: number) => viewOf(states[sequence - snapshot.sequence] as Snapshot);
      const last = states.at(-1) as Snapshot;
      assert.deepStrictEqual(read(viewOf(states[from] as Snapshot), told, load), viewOf(last));
    }),
    { numRuns: 500 },
  );
});

test("nothing is told of a branch that is not shown, of instructions, of drafts or of what went wrong", () => {
  fc.assert(
    fc.property(branchedLog, fc.nat(), ({ snapshot, entries }, number) => {
      const at = number % (entries.length + 1);
      const log = createShareLog(foldEntries(snapshot, entries.slice(0, at)), TOKEN);
      let owner = snapshot;
      for (const [index, entry] of entries.entries()) {
        owner = fold(owner, entry);
        const told = log.tell(entry);
        if (told.kind !== "entry") continue;
        const text = JSON.stringify(told);
        expect(text).not.toContain(SECRET);
        expect(text).not.toContain("stoppedFrom");
        const shownIn = index < at ? foldEntries(snapshot, entries.slice(0, at)) : owner;
        const shown = new Set(pathTo(shownIn.messages, shownIn.conversation.leafId).map(({ id }) => id));
        const { event } = told.entry;
        if (event.type === "message-added") expect(shown).toContain(event.message.id);
        if (event.type === "generation-end") expect(shown).toContain(event.message.id);
        if (event.type === "chunk") {
          const messageId = shownIn.generations.findLast(({ id }) => id === event.generationId)?.messageId;
          expect(shown).toContain(messageId);
        }
      }
      expect(JSON.stringify(viewOf(owner))).not.toMatch(new RegExp(`${SECRET}|stoppedFrom|draft|shareToken`));
    }),
    { numRuns: 500 },
  );
});

describe("a conversation with an edited prompt", () => {
  const [first, second, answer, other] = [1, 2, 3, 4].map(numberedId) as [string, string, string, string];
  const says = (id: string, parentId: string | null, text: string): ConversationEvent => ({
    type: "message-added",
    message: { ...emptyMessage(id, "user"), parentId, parts: [{ type: "text", text }] },
  });
  const conversation = { ...emptySnapshot(0).conversation, shareToken: TOKEN };
  const entriesOf = (events: ConversationEvent[], after = 0) =>
    events.map((event, index) => ({ first: after + index + 1, sequence: after + index + 1, event }));
  const start: Snapshot = { ...emptySnapshot(0), conversation };
  const edited = entriesOf([says(first, null, "what was regretted"), says(second, null, "what stays")]);
  const now = foldEntries(start, edited);

  test("shows the wording that stays, and tells nothing of the other one", () => {
    expect(viewOf(now).messages.map(({ id }) => id)).toEqual([second]);
    const log = createShareLog(now, TOKEN);
    expect(edited.map(log.tell)).toEqual([{ kind: "reset", sequence: 2 }, { kind: "nothing" }]);
  });

  test("goes on with what follows what is shown, and loads anew when another branch is shown", () => {
    const log = createShareLog(now, TOKEN);
    const later = entriesOf(
      [
        { type: "message-added", message: { ...emptyMessage(answer), parentId: second } },
        { type: "generation-queued", generation: queuedGeneration(other, answer) },
        { type: "leaf-changed", leafId: first },
        { type: "generation-start", generation: { ...queuedGeneration(other, answer), status: "running" } },
        { type: "attempt-start", generationId: other, attempt: 2, keepSteps: 0 },
        { type: "chunk", generationId: other, chunks: [{ type: "text-delta", id: "0", delta: "hidden" }] },
        { type: "part-added", messageId: answer, part: { type: "text", text: "hidden" } },
        { type: "approval-given", messageId: answer, approvalId: "1", approved: true, reason: "hidden" },
        {
          type: "generation-end",
          generation: queuedGeneration(other, answer),
          message: emptyMessage(answer),
        },
      ],
      2,
    );
    const [added, queued, reset, ...hidden] = later.map(log.tell);
    expect([added, queued, reset].map((item) => item?.kind)).toEqual(["entry", "entry", "reset"]);
    expect(hidden).toEqual(
      [6, 7, 8, 9, 10, 11].map((sequence) => ({
        kind: "entry",
        entry: { first: sequence, sequence, event: { type: "withheld" } },
      })),
    );
    expect(log.isGenerating()).toBe(false);
  });

  test("is over as soon as the link leads elsewhere, and not for what the link was before", () => {
    const changed = (shareToken: string | null | undefined): ConversationEvent => ({
      type: "conversation-changed",
      conversation: { ...conversation, shareToken, leafId: second },
    });
    // Then it may have shown another branch, even if it shows this one now.
    const [before] = entriesOf([changed(null)]) as [ConversationEntry];
    expect(createShareLog(now, TOKEN).tell(before)).toEqual({ kind: "reset", sequence: 2 });
    for (const link of [null, "b".repeat(43)]) {
      const [entry] = entriesOf([changed(link)], 2) as [ConversationEntry];
      expect(createShareLog(now, TOKEN).tell(entry)).toEqual({ kind: "over" });
    }
    const [older] = entriesOf([changed(undefined)], 2) as [ConversationEntry];
    expect(createShareLog(now, TOKEN).tell(older)).toMatchObject({ kind: "entry" });
  });

  test("an event of a later version is withheld", () => {
    const event = { type: "message-translated", text: "hidden" } as unknown as ConversationEvent;
    const [entry] = entriesOf([event], 2) as [ConversationEntry];
    expect(createShareLog(now, TOKEN).tell(entry)).toEqual({
      kind: "entry",
      entry: { ...entry, event: { type: "withheld" } },
    });
  });

  test("a file is found by the link, wherever it is told of", () => {
    const id = numberedId(9);
    const file = { type: "file" as const, mediaType: "image/png", url: `/api/files/${id}` };
    const [entry] = entriesOf(
      [{ type: "message-added", message: { ...emptyMessage(answer), parentId: second, parts: [file] } }],
      2,
    ) as [ConversationEntry];
    const url = `/api/shares/${TOKEN}/files/${id}`;
    expect(JSON.stringify(createShareLog(now, TOKEN).tell(entry))).toContain(url);
    expect(JSON.stringify(viewOf(fold(now, entry)))).toContain(url);
  });
});
