import type { ToolSet } from "ai";
import type { Settings } from "#lib/env";
import type { Moments } from "#lib/moments";
import { createCalculator } from "./calculator/calculator.ts";
import { clientActions } from "./client-actions.ts";
import { createClock } from "./clock.ts";
import { createMcpServer } from "./mcp/mcp-server.ts";
import { openWeb } from "./web/get-page.ts";
import { createWebReader } from "./web/read-web-page.ts";

/**
 * A tool a model may call. One with side effects begins when its call is committed, and is never run twice for the
 * same call: a worker that takes over an answer shows it as interrupted. One that asks waits until a person allows it.
 */
export type ModelTool = ToolSet[string] & { sideEffects: boolean; asks?: boolean };
export type Tools = Record<string, ModelTool>;

/** The tools that one process has. Those of other servers come and go while it runs. */
export type Toolbox = {
  /** Every tool that can be called now, by the name under which a model calls it. */
  now(): Tools;
  /** Resolves when every server has been asked for its tools once, and before long in any case. */
  ready(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/** Longer than a server that is well takes to say what it has. */
const READY_MAX_MS = 3_000;

export function createTools(
  { FETCH_HOSTS, MCP_SERVERS = {} }: Pick<Settings, "FETCH_HOSTS" | "MCP_SERVERS">,
  { now, moments }: { now: () => Date; moments: Moments },
): Toolbox {
  const own = ownTools({ FETCH_HOSTS }, now);
  const servers = Object.entries(MCP_SERVERS).map(([name, settings]) =>
    createMcpServer({ name, settings, moments }),
  );
  const ready = Promise.withResolvers<void>();
  let isReady = servers.length === 0;
  return {
    now: () => Object.assign({}, ...servers.map((server) => server.tools()), own),
    ready: async () => (isReady ? undefined : ready.promise),
    start() {
      for (const server of servers) server.start();
      const settle = () => {
        isReady = true;
        clearTimeout(limit);
        ready.resolve();
      };
      const limit = setTimeout(settle, READY_MAX_MS).unref();
      void Promise.all(servers.map((server) => server.asked)).then(settle);
    },
    async stop() {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

export function ownTools({ FETCH_HOSTS }: Pick<Settings, "FETCH_HOSTS">, now: () => Date): Tools {
  return {
    current_time: createClock(now),
    calculate: createCalculator(),
    ...(FETCH_HOSTS.length > 0 && { read_web_page: createWebReader(openWeb(FETCH_HOSTS)) }),
    ...clientActions,
  };
}
