import { once } from "node:events";
import { ask, isIdle, snapshotWhen, startTestServer, textOf } from "#lib/conversations/test-server";

// A server of whichever version this file is copied into. It does as it is told over ipc, and says what came of it.
const server = startTestServer(process.argv[2] ?? "");

type Asked = Awaited<ReturnType<typeof ask>>;

async function told(message: { ask: string } | { read: Asked }): Promise<unknown> {
  if ("ask" in message) return ask(server, message.ask);
  const snapshot = await snapshotWhen(server, message.read, isIdle);
  return { text: textOf(snapshot, message.read.sent.answerId), sequence: snapshot.sequence };
}

process.on("message", async (message: Parameters<typeof told>[0]) => process.send?.(await told(message)));
process.send?.("ready");
await once(process, "disconnect");
process.exit();
