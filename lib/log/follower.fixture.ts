import { openTestLog } from "./test-log.ts";

/**
 * A process of its own that follows logs and prints every entry it is told as a line of JSON, as soon as it is told.
 * Arguments: the database, the database to LISTEN in, and the logs. Ends when its input ends.
 */
const [url = "", listenUrl = "", ...logIds] = process.argv.slice(2);
const leave = new AbortController();
process.stdin.on("end", () => leave.abort()).resume();

const log = openTestLog(url, { listenUrl });
const places = logIds.map((logId) => ({ logId, after: 0 }));
for await (const item of log.follow({ places, signal: leave.signal })) {
  if (item.kind !== "entries") continue;
  for (const entry of item.entries)
    process.stdout.write(`${JSON.stringify({ logId: item.logId, ...entry })}\n`);
}
await log.stop();
