import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { ConversationEvent } from "#lib/protocol/event";
import type { Context } from "../bench.ts";
import { nowNs } from "../stamp.ts";
import { startProcess } from "../start-process.ts";
import { createEar } from "./ear.ts";
import { textIn } from "./heard.ts";
import { type LocalRejoin, openLocalRejoin } from "./local-rejoin.ts";
import type { Road } from "./road.ts";

export const COMMIT_TO_OTHER = "Rejoin, from the commit to another process";

type Place = { logId: string; after: number };
type Hear = (event: ConversationEvent, atNs: bigint) => void;

/** Without HTTP: readers in the process that asks the model, and in another one. */
export async function openProcessRoads(context: Context, url: string): Promise<Road[]> {
  const rejoin = await openLocalRejoin(context, url);
  const script = join(import.meta.dirname, "follower.process.ts");
  const { child } = await startProcess(context, script, [url]);
  return [
    {
      name: "Rejoin, same process",
      async travel(speech) {
        const ear = createEar();
        await follow(rejoin, await rejoin.ask(speech), (event, atNs) => ear.hear(textIn(event), atNs));
        return ear;
      },
    },
    {
      name: "Rejoin, another process",
      async travel(speech) {
        const ear = createEar();
        await followElsewhere(child, await rejoin.ask(speech), (event, atNs) =>
          ear.hear(textIn(event), atNs),
        );
        return ear;
      },
    },
    {
      // A reader here has an entry as soon as it is committed, so what it notes is when that was.
      name: COMMIT_TO_OTHER,
      async travel(speech) {
        const committedAt = new Map<string, bigint>();
        const there: { text: string; atNs: bigint }[] = [];
        const place = await rejoin.ask(speech);
        await Promise.all([
          follow(rejoin, place, (event, atNs) => {
            for (const word of textIn(event).split(" ")) committedAt.set(word, atNs);
          }),
          followElsewhere(child, place, (event, atNs) => void there.push({ text: textIn(event), atNs })),
        ]);
        const ear = createEar((word) => committedAt.get(word) ?? 0n);
        for (const { text, atNs } of there) ear.hear(text, atNs);
        return ear;
      },
    },
  ];
}

async function follow({ log }: LocalRejoin, place: Place, hear: Hear): Promise<void> {
  const enough = new AbortController();
  for await (const item of log.follow({ places: [place], signal: enough.signal })) {
    const atNs = nowNs();
    if (item.kind !== "entries") continue;
    if (
      tell(
        item.entries.map(({ text }) => text),
        atNs,
        hear,
      )
    )
      enough.abort();
  }
}

function followElsewhere(child: ChildProcess, place: Place, hear: Hear): Promise<void> {
  return new Promise((resolve) => {
    const take = (message: { logId: string; atNs: string; texts: string[] }) => {
      if (message.logId !== place.logId || !tell(message.texts, BigInt(message.atNs), hear)) return;
      child.off("message", take);
      resolve();
    };
    child.on("message", take);
    child.send(place);
  });
}

/** Returns whether the answer has ended. */
function tell(texts: string[], atNs: bigint, hear: Hear): boolean {
  const events: ConversationEvent[] = texts.map((text) => JSON.parse(text));
  for (const event of events) hear(event, atNs);
  return events.some(({ type }) => type === "generation-end");
}
