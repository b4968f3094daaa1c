import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import {
  chown,
  lchown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import { ended } from "./ended.ts";
import { type Identity, spawnAs } from "./postgres-account.ts";
import { type Binaries, findPlace, type Place } from "./postgres-place.ts";
import { Refusal } from "./refusal.ts";

/** What it takes to start Postgres on one folder; `data` is the folder that it calls its data directory. */
export type Cluster = Omit<Place, "home"> & { data: string; password: string };

export const POSTGRES_ACCOUNT_NAME = "rejoin";
/** Postgres 17 and newer bring this locale with them, so a cluster works on every machine alike. */
const BUILTIN_LOCALE = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
const HALF_MADE = "postgres.new-";

/** Finds the cluster in `<dataDir>/postgres`, and makes it if there is none. */
export async function openCluster(dataDir: string, given?: Binaries): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true });
  const { home, ...place } = await findPlace(dataDir, given);
  // Whatever a killed start left half made has another name, and is thrown away.
  for (const name of await readdir(dirname(home))) {
    if (name.startsWith(HALF_MADE)) await rm(join(dirname(home), name), { recursive: true });
  }
  if (!existsSync(home)) await makeCluster({ home, ...place }, given ? [] : BUILTIN_LOCALE);
  if (place.account) await giveTo(place.account, home);
  const password = (await readFile(join(home, "password"), "utf8")).trim();
  return { ...place, data: join(home, "data"), password };
}

// The cluster and its password appear together, by one rename, or not at all.
async function makeCluster({ home, binaries, account }: Place, locale: readonly string[]): Promise<void> {
  const draft = await mkdtemp(join(dirname(home), HALF_MADE));
  const [data, password] = [join(draft, "data"), join(draft, "password")];
  await mkdir(data, { mode: 0o700 });
  await writeFile(password, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
  if (account) await giveTo(account, draft);
  const parameters = [
    `--pgdata=${data}`,
    `--username=${POSTGRES_ACCOUNT_NAME}`,
    `--pwfile=${password}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    ...locale,
  ];
  const made = await ended(
    spawnAs(account, binaries.initdb, parameters, { stdio: ["ignore", "ignore", "pipe"] }),
  );
  if (made.code !== 0) throw new Refusal(`The embedded Postgres could not be set up: ${made.output.trim()}`);
  await rename(draft, home);
}

// Postgres insists on owning its folder, which a copy that root made of it does not bring along.
async function giveTo({ uid, gid }: Identity, home: string): Promise<void> {
  if ((await stat(home)).uid === uid) return;
  for (const name of await readdir(home, { recursive: true })) await lchown(join(home, name), uid, gid);
  await chown(home, uid, gid); // Last, so that one that was interrupted is done again.
}
