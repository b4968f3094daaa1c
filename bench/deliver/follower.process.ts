import { openTestLog } from "#lib/log/test-log";
import { sayReady } from "../say-ready.ts";
import { nowNs } from "../stamp.ts";

/**
 * A process of its own that follows every log it is told of, and passes on each entry with the moment at which it
 * had it. Argument: the database.
 */
const [url = ""] = process.argv.slice(2);
const log = openTestLog(url);
if (!log.isListening()) await new Promise<void>((resolve) => log.moments.on("listen.up", () => resolve()));

process.on("message", async ({ logId, after }: { logId: string; after: number }) => {
  const enough = new AbortController();
  for await (const item of log.follow({ places: [{ logId, after }], signal: enough.signal })) {
    const atNs = String(nowNs());
    if (item.kind !== "entries") continue;
    process.send?.({ logId, atNs, texts: item.entries.map(({ text }) => text) });
    if (item.entries.some(({ text }) => text.startsWith('{"type":"generation-end"'))) enough.abort();
  }
});
sayReady(undefined);
