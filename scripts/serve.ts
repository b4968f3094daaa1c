import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Settings } from "#lib/env";
import { pinned } from "#lib/process";
import { giveBuiltSettings } from "./built-settings.ts";
import { ensureBuilt } from "./ensure-built.ts";
import { type HttpServer, listenOn } from "./http-server.ts";
import { keepPostgres } from "./keep-postgres.ts";
import { kept } from "./kept.ts";
import { onStopSignal } from "./on-stop-signal.ts";
import { outliveOutput } from "./outlive-output.ts";
import { ownDataFolder, ownDataFolderIfFree } from "./own-data-folder.ts";
import { prepareDatabase } from "./prepare-database.ts";
import { explain } from "./refusal.ts";
import { ROOT, readSettings } from "./settings.ts";

/** What the app is given to save and hand over what it is doing, however short the grace. */
const APP_STOP_LEAST_MS = 2_000;
/** How long the rest of the way out may take, which is mostly our own Postgres. */
const STOP_LIMIT_MS = 30_000;
/** For a year, this host and no other, and no list that takes months to leave. */
const STRICT_TRANSPORT = "max-age=31536000";

type Ending = () => void | Promise<void>;
type Start = { dev: boolean; signal: AbortSignal; endWith(ending: Ending): void };

/** Runs Rejoin in this process until it is asked to stop. */
export async function serve({ dev }: { dev: boolean }): Promise<void> {
  outliveOutput();
  const stopping = new AbortController();
  const endings: Ending[] = [];
  onStopSignal({
    stop: () => stopping.abort(),
    leave: () => {
      for (const end of endings) void end(); // Each asks its part to end at once and then waits; we do not.
      process.exit(130);
    },
  });
  try {
    await start({ dev, signal: stopping.signal, endWith: (ending) => endings.unshift(ending) });
    await aborted(stopping.signal);
  } catch (error) {
    if (!stopping.signal.aborted) {
      explain(error);
      process.exitCode = 1;
    }
  }
  for (const end of endings) await Promise.try(end).catch(explain);
  process.exit();
}

/** Everything in its order, each with its ending. What is started last ends first. */
async function start({ dev, signal, endWith }: Start): Promise<void> {
  const settings = readSettings({ dev });
  const { DATA_DIR } = settings;
  const owned = settings.DATABASE_URL ? ownDataFolderIfFree(DATA_DIR) : await ownDataFolder(DATA_DIR);
  if (owned) endWith(owned.release);
  const http = await listenOn(settings.PORT);
  if (!dev) await ensureBuilt({ say, signal });
  const databaseUrl = settings.DATABASE_URL ?? (await startEmbedded(settings, endWith));
  signal.throwIfAborted();
  await prepareDatabase(settings.DATABASE_URL_DIRECT ?? databaseUrl, { say, signal });
  const address = settings.APP_URL ?? `http://localhost:${http.port}`;
  // Next and the app in it read their settings from the environment when they are loaded, which is below.
  Object.assign(process.env, {
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    DATABASE_URL: databaseUrl,
    DATA_DIR,
    PORT: String(http.port),
    APP_URL: address,
    AUTH_SECRET:
      settings.AUTH_SECRET ?? kept(DATA_DIR, "secret", () => randomBytes(32).toString("base64url")),
    GUESTS: settings.GUESTS ?? (settings.DATABASE_URL ? "off" : "on"),
    // So that it knows its own orphans again. Two at once must not share it, which the owned folder sees to.
    ...(owned && { INSTANCE_ID: settings.INSTANCE_ID ?? kept(DATA_DIR, "instance", randomUUID) }),
  });
  await openApp({ dev, http, address, graceMs: settings.SHUTDOWN_GRACE_MS, endWith });
  signal.throwIfAborted();
  announce(address, settings);
  // Whoever started us asks here, whatever it is called outside.
  process.send?.({ ready: `http://localhost:${http.port}` });
}

async function startEmbedded({ DATA_DIR }: Settings, endWith: Start["endWith"]): Promise<string> {
  const { url, stop } = await keepPostgres({ dataDir: DATA_DIR, say });
  endWith(stop);
  return url;
}

async function openApp({
  dev,
  http,
  address,
  graceMs,
  endWith,
}: { dev: boolean; http: HttpServer; address: string; graceMs: number } & Pick<Start, "endWith">) {
  if (!dev) giveBuiltSettings();
  const { default: next } = await import("next");
  const app = next({ dev, dir: ROOT, port: http.port, httpServer: http.server });
  await app.prepare();
  const answer = app.getRequestHandler();
  const isHttps = new URL(address).protocol === "https:";
  http.answerWith((request, response) => {
    // With the other headers it would be fixed by the address that held when it was built.
    if (isHttps) response.setHeader("strict-transport-security", STRICT_TRANSPORT);
    return answer(request, response);
  });
  endWith(() => app.close());
  endWith(http.cut);
  endWith(() => void setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref());
  endWith(() => stopApp(graceMs));
  endWith(http.stopAccepting);
}

// The app hands over what it generates and says goodbye to open event streams. It is bundled apart from this
// file, so they meet in what `lib/server.ts` pinned to the process; nothing is there if the app never woke.
async function stopApp(graceMs: number): Promise<void> {
  const server = pinned<{ stop(): Promise<void> }>("server", () => ({ stop: async () => {} }));
  await Promise.race([server.stop(), pause(Math.max(graceMs, APP_STOP_LEAST_MS), undefined, { ref: false })]);
}

function announce(address: string, settings: Settings): void {
  say(`Rejoin is at ${address}`);
  if (!settings.DATABASE_URL) say(`Its data is in ${settings.DATA_DIR}`);
  if (!hasModel(settings)) say("No model is set up, so a demo model answers. How to set one: .env.example");
}

function hasModel(settings: Settings): boolean {
  const keys = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"] as const;
  return keys.some((key) => settings[key]) || settings.OPENAI_COMPATIBLE_BASE_URL !== undefined;
}

function say(line: string): void {
  console.info(line);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
