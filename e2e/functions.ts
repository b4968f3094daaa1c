import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { request as ask, createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { migrate } from "#lib/database/migrate";
import { ensureBuilt } from "#scripts/ensure-built";
import { settingNames } from "#scripts/setting-names";
import { PINNED_NODE, ROOT } from "#scripts/settings";
import { INVOCATION_HEADER } from "./invocation.ts";

/** A platform that runs the app as functions, at one address. */
export type Functions = {
  url: string;
  /** Resolves when every instance is frozen or gone. */
  asleep(): Promise<void>;
  /** Throws all instances away, whatever they do. */
  throwAway(): Promise<void>;
  /** How many instances there have been so far. */
  instances(): number;
  /** How many had to be thrown away in the middle of something, because it lasted longer than the limit. */
  cutOff(): number;
  stop(): Promise<void>;
};

type Instance = {
  child: ChildProcess;
  port: Promise<number>;
  readyAtMs: number | undefined;
  /** Invocations that are not over, by their ids. */
  open: Set<string>;
  isFrozen: boolean;
  gone: Promise<unknown>;
};

/**
 * A request thaws an instance or starts one. Once no invocation of it is open, an instance is frozen at once (SIGSTOP),
 * and one that is older than half the limit is thrown away (SIGKILL) and gets no more requests before. One whose
 * invocation reaches the limit is thrown away as it is.
 *
 * @param keepsAwake false for a platform that does not care what an invocation still wants to do once it has answered
 */
export async function startFunctions({
  databaseUrl,
  direct,
  limitMs,
  keepsAwake = true,
  env = {},
}: {
  databaseUrl: string;
  /** The same database, past what pools its connections. */
  direct: string;
  limitMs: number;
  keepsAwake?: boolean;
  env?: Record<string, string>;
}): Promise<Functions> {
  await ensureBuilt({ say: () => undefined, signal: new AbortController().signal });
  await migrate(direct);
  const front = createServer(serve);
  front.listen(0);
  await once(front, "listening");
  const url = `http://localhost:${(front.address() as AddressInfo).port}`;
  const living = new Set<Instance>();
  const changes = new EventEmitter();
  let started = 0;
  let cut = 0;

  function start(): Instance {
    started += 1;
    const child = spawn(PINNED_NODE, ["--disable-warning=ExperimentalWarning", FILE], {
      cwd: ROOT,
      env: {
        ...FUNCTION_ENV,
        APP_URL: url,
        POSTGRES_URL: databaseUrl,
        POSTGRES_URL_NON_POOLING: direct,
        FUNCTION_LIMIT_MS: String(limitMs - SLACK_MS),
        ...env,
      },
      // Over ipc it says what is over, and ends when the process that runs the tests is gone.
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const ready = Promise.withResolvers<number>();
    const gone = once(child, "exit").then(() => {
      living.delete(instance);
      instance.open.clear();
      changes.emit("change");
    });
    const { promise: port } = ready;
    const instance: Instance = { child, port, readyAtMs: undefined, open: new Set(), isFrozen: false, gone };
    child.on("message", (message: { port: number } | { over: string }) => {
      if ("over" in message) return keepsAwake && over(instance, message.over);
      instance.readyAtMs = performance.now();
      ready.resolve(message.port);
    });
    living.add(instance);
    return instance;
  }

  const isOld = ({ readyAtMs }: Instance) =>
    readyAtMs !== undefined && performance.now() - readyAtMs > limitMs / 2;

  /** Whoever takes the next request. */
  function take(id: string): Instance {
    for (const one of living) if (one.isFrozen && isOld(one)) one.child.kill("SIGKILL");
    const instance = [...living].find((one) => !isOld(one)) ?? start();
    instance.open.add(id);
    if (instance.isFrozen) instance.child.kill("SIGCONT");
    instance.isFrozen = false;
    return instance;
  }

  function over(instance: Instance, id: string): void {
    instance.open.delete(id);
    if (instance.open.size > 0 || !living.has(instance)) return;
    instance.isFrozen = true;
    instance.child.kill(isOld(instance) ? "SIGKILL" : "SIGSTOP");
    changes.emit("change");
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = randomUUID();
    // What it has taken it passes on, whether or not its sender still waits.
    const body = await buffer(request);
    const instance = take(id);
    const port = await instance.port;
    setTimeout(() => {
      if (!instance.open.has(id)) return;
      cut += 1;
      instance.child.kill("SIGKILL");
    }, limitMs).unref();
    const headers = { ...request.headers, [INVOCATION_HEADER]: id };
    const asked = ask({ port, method: request.method, path: request.url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // Whoever hangs up does not end the invocation.
      answer.on("data", (bytes) => response.write(bytes));
      answer.on("close", () => {
        if (answer.complete) response.end();
        else response.destroy();
        if (!keepsAwake) over(instance, id);
      });
    });
    asked.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(504).end()));
    asked.end(body);
  }

  async function throwAway(): Promise<void> {
    for (const { child } of living) child.kill("SIGKILL");
    await Promise.all([...living].map(({ gone }) => gone));
  }

  return {
    url,
    async asleep() {
      while (![...living].every(({ isFrozen }) => isFrozen)) await once(changes, "change");
    },
    throwAway,
    instances: () => started,
    cutOff: () => cut,
    async stop() {
      front.close();
      front.closeAllConnections();
      await throwAway();
    },
  };
}

/** A request is on its way to the app for a while, and longer where the machine is busy and the instance new. */
const SLACK_MS = 2_000;
const FILE = join(ROOT, "e2e/function-instance.ts");

/** What the platform sets, and nothing of what `npm start` does. */
const FUNCTION_ENV = {
  ...Object.fromEntries(settingNames().map((name) => [name, ""])),
  NODE_ENV: "production" as const,
  PATH: process.env.PATH,
  VERCEL: "1",
  AUTH_SECRET: "for tests only, and long enough for them",
  GUESTS: "on",
  TITLE_MODEL: "off",
  FOLLOW_UPS: "off",
};
