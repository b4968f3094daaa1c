import { join } from "node:path";
import { temporaryFolder } from "#scripts/temporary-folder";
import type { Context } from "../bench.ts";
import type { BenchDatabase } from "../start-database.ts";
import { startProcess } from "../start-process.ts";
import { NO_REDIS, startRedis } from "../start-redis.ts";
import { versionOf } from "../version-of.ts";
import { durableStreams } from "./rivals/durable-streams.ts";
import { rejoin } from "./rivals/rejoin.ts";
import { resumableStream } from "./rivals/resumable-stream.ts";
import { rowPerToken } from "./rivals/row-per-token.ts";
import { rowPerTokenNotify } from "./rivals/row-per-token-notify.ts";
import { updateMessage } from "./rivals/update-message.ts";
import type { Rival } from "./store.ts";

/** Every way there is on this machine, ours first, and what is to be said about them. */
export async function openRivals(
  context: Context,
  { url }: BenchDatabase,
): Promise<{ rivals: Rival[]; notes: string[] }> {
  const rivals = [rejoin({ url }), rowPerToken({ url }), rowPerTokenNotify({ url }), updateMessage({ url })];
  const notes: string[] = [];

  const redisUrl = await startRedis(context);
  if (redisUrl) {
    rivals.push(resumableStream({ url: redisUrl }));
    context.uses("resumable-stream", versionOf("resumable-stream"));
    notes.push(
      "`resumable-stream` keeps no token: it is in the memory of its process, and a token counts as written when a follower of its own process has it by way of Redis. Redis has an append-only file, synced every second, that no token ever gets into.",
    );
  } else notes.push(NO_REDIS);

  const folder = await temporaryFolder();
  context.endWith(folder.remove);
  const script = join(import.meta.dirname, "rivals/durable-streams.process.ts");
  const { ready } = await startProcess<string>(context, script, [folder.path]);
  rivals.push(durableStreams({ url: ready, folder: folder.path }));
  context.uses("@durable-streams/server", versionOf("@durable-streams/server"));
  notes.push(
    "`@durable-streams/server` is the vendor's reference server with its file store in a process of its own, written to by the vendor's own client with its usual settings: it sends what has gathered in 5 ms in one request, and five requests at once. It holds 2,048 files open; with its usual 100 it refuses appends when more streams are written at once.",
  );
  return { rivals, notes };
}
