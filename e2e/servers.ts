import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { startPostgres } from "#scripts/postgres";
import { settingNames } from "#scripts/setting-names";
import { PINNED_NODE, ROOT } from "#scripts/settings";
import { temporaryFolder } from "#scripts/temporary-folder";

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

type Options = {
  /** A database to share; absent: an embedded one in the server's folder. */
  databaseUrl?: string;
  /** A folder to start again on, for the asker to remove; absent: a new one, removed at the stop. */
  dataDir?: string;
  /** Further settings. Those of this machine and of its `.env` do not count. */
  env?: Record<string, string>;
};

/** Starts the product as `npm start` does, in a process of its own, on a free port. */
export async function startServer({ databaseUrl, dataDir, env = {} }: Options = {}): Promise<StartedServer> {
  const folder = dataDir === undefined ? await temporaryFolder() : { path: dataDir, remove: nothing };
  const child = spawn(
    PINNED_NODE,
    ["--disable-warning=ExperimentalWarning", join(ROOT, "scripts/start.ts")],
    {
      cwd: ROOT,
      env: {
        ...Object.fromEntries(settingNames().map((name) => [name, ""])),
        NODE_ENV: "production",
        PATH: process.env.PATH,
        DATA_DIR: folder.path,
        SHUTDOWN_GRACE_MS: "0",
        GUESTS: "on",
        // Tests of limits have their own.
        PROMPTS_PER_MINUTE: "100000",
        GENERATIONS_PER_ACCOUNT: "1000",
        // So do tests of what is asked of the model beside the answer.
        TITLE_MODEL: "off",
        FOLLOW_UPS: "off",
        PORT: "0",
        ...(databaseUrl && {
          DATABASE_URL: databaseUrl,
          AUTH_SECRET: "for tests only, and long enough for them",
        }),
        ...env,
      },
      // Over ipc it says when it is ready, and stops when the process that runs the tests is gone.
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    },
  );
  const output = collect(child);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    await folder.remove();
  };
  try {
    const url = await ready(child, output);
    return { url, pid: Number(child.pid), output, kill: (signal) => void child.kill(signal), exited, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

export type StartedDatabase = {
  url: string;
  /** Stops it and starts it again at the same address. `meanwhile` is what happens while there is none. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
};

/** A Postgres that several servers can share. */
export async function startDatabase(
  given: Pick<Parameters<typeof startPostgres>[0], "programs"> = {},
): Promise<StartedDatabase> {
  const folder = await temporaryFolder();
  const { url, stop } = await startPostgres({ dataDir: folder.path, ...given });
  let stopIt = stop;
  return {
    url,
    async restart(meanwhile) {
      await stopIt();
      await meanwhile();
      const port = Number(new URL(url).port);
      ({ stop: stopIt } = await startPostgres({ dataDir: folder.path, port, ...given }));
    },
    stop: folder.remove,
  };
}

async function nothing(): Promise<void> {}

function collect(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return () => output;
}

/** Its address, as soon as it answers there. */
function ready(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the server ${why}:\n${output()}`));
    const limit = setTimeout(() => fail("was not ready in time"), START_LIMIT_MS);
    child.once("message", (message: { ready: string }) => {
      clearTimeout(limit);
      resolve(message.ready);
    });
    child.once("exit", (code) => {
      clearTimeout(limit);
      fail(`ended with ${code} before it was ready`);
    });
  });
}
