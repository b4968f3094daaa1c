import type { MCPClient } from "@ai-sdk/mcp";
import type { McpServerSettings } from "#lib/mcp-servers";
import type { Moments } from "#lib/moments";
import { repeat } from "#lib/repeat";
import type { Tools } from "../registry.ts";
import { connect } from "./connect.ts";
import { ASK_MAX_MS, BELIEVED_MS, RETRY_MAX_MS, RETRY_MIN_MS, TICK_MS } from "./limits.ts";
import { toTools } from "./to-tools.ts";

/** Another server's tools, as far as they are there. */
export type McpServer = {
  tools(): Tools;
  /** Resolves when it was asked once, however that went. */
  asked: Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/**
 * Keeps up with a server beside everything else: no answer waits for it. It is asked again now and then, since its
 * tools may change; one that is not there has none, and is tried again after a pause.
 */
export function createMcpServer({
  name,
  settings,
  moments,
  nowMs = Date.now,
  tickMs = TICK_MS,
}: {
  name: string;
  settings: McpServerSettings;
  moments: Moments;
  nowMs?: () => number;
  tickMs?: number;
}): McpServer {
  const asked = Promise.withResolvers<void>();
  let client: MCPClient | undefined;
  let tools: Tools = {};
  let dueAtMs = 0;
  let failures = 0;
  let isUp = false;

  /** Whoever does not answer a call may be gone, or another one by now. */
  const suspect = () => {
    dueAtMs = nowMs();
  };

  async function leave(): Promise<void> {
    const left = client;
    client = undefined;
    tools = {};
    await left?.close();
  }

  async function ask(leaving: AbortSignal): Promise<void> {
    const signal = AbortSignal.any([leaving, AbortSignal.timeout(ASK_MAX_MS)]);
    const onLost = () => {
      tools = {};
      client = undefined;
      suspect();
    };
    client ??= await connect({ name, settings, signal, onLost });
    const found = await unless(signal, client.tools());
    tools = toTools(name, found, { ...settings, onFailed: suspect });
  }

  async function look(leaving: AbortSignal): Promise<void> {
    if (nowMs() < dueAtMs) return;
    try {
      await ask(leaving);
      failures = 0;
      dueAtMs = nowMs() + BELIEVED_MS;
      if (!isUp) moments.emit("tools.up", { server: name, tools: Object.keys(tools).length });
      isUp = true;
    } catch (error) {
      if (leaving.aborted) return;
      if (isUp || failures === 0) moments.emit("tools.down", { server: name, error });
      isUp = false;
      dueAtMs = nowMs() + Math.min(RETRY_MIN_MS * 2 ** failures, RETRY_MAX_MS);
      failures += 1;
      await leave();
    } finally {
      asked.resolve();
    }
  }

  const looking = repeat({
    work: look,
    everyMs: () => (dueAtMs === 0 ? 0 : tickMs),
    onError: (error) => moments.emit("tools.down", { server: name, error }),
  });

  return {
    tools: () => tools,
    asked: asked.promise,
    start: looking.start,
    async stop() {
      await looking.stop();
      await leave();
    },
  };
}

/** The client offers no way to give up on a list. */
function unless<Value>(signal: AbortSignal, work: Promise<Value>): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  signal.addEventListener("abort", stop);
  if (signal.aborted) stop();
  return Promise.race([work, promise]).finally(() => signal.removeEventListener("abort", stop));
}
