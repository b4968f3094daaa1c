import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A first start may have to build. */
const START_LIMIT_MS = 240_000;

export type StartedServer = {
  url: string;
  pid: number;
  /** All that it has printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone, however it went. */
  exited: Promise<void>;
  stop(): Promise<void>;
};

/**
 * Starts the product as `npm start` does, in a process of its own: on a free port, with an embedded database in a
 * folder that goes with it, or on the database and folder that are given.
 */
export async function startServer({
  databaseUrl,
  dataDir,
  env = {},
}: {
  databaseUrl?: string;
  dataDir?: string;
  env?: Record<string, string>;
} = {}): Promise<StartedServer> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), "rejoin-e2e-")));
  const root = join(import.meta.dirname, "..");
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, "scripts/start.ts")],
    {
      cwd: root,
      env: {
        NODE_ENV: "production",
        PATH: process.env.PATH,
        DATA_DIR: folder,
        PORT: "0",
        ...(databaseUrl && {
          DATABASE_URL: databaseUrl,
          AUTH_SECRET: "for tests only, and long enough for them",
        }),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error(`the server did not start:\n${output}`)), START_LIMIT_MS);
    child.once("message", (message: { ready: string }) => {
      clearTimeout(limit);
      resolve(message.ready);
    });
    child.once("exit", (code) => {
      clearTimeout(limit);
      reject(new Error(`the server ended with ${code} before it was ready:\n${output}`));
    });
  });
  return {
    url,
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    exited,
    async stop() {
      child.kill("SIGTERM");
      await exited;
      if (!dataDir) await rm(folder, { recursive: true });
    },
  };
}
