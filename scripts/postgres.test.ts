import { type ChildProcess, spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, expect, test } from "vitest";
import { type Postgres, startPostgres } from "./postgres.ts";
import { hasEnded, isAlive } from "./process-facts.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary-folder.ts";

const folders: TemporaryFolder[] = [];
const dataDir = await newFolder();

afterAll(async () => {
  await Promise.all(folders.map((folder) => folder.remove()));
});

test("a Postgres that a killed process left behind is taken up, and stopped by whoever took it", async () => {
  const left = await startPostgres({ dataDir });
  const taken = await startPostgres({ dataDir });
  expect(taken).toMatchObject({ url: left.url, pid: left.pid });
  await taken.stop();
  expect(isAlive(left.pid)).toBe(false);
});

test("what was committed is there after Postgres itself was killed", async () => {
  const killed = await startPostgres({ dataDir });
  await ask(killed, "create table words (word text)");
  await ask(killed, "insert into words values ('kept')");
  process.kill(killed.pid, "SIGKILL");
  await hasEnded(killed.pid, 5_000);
  const again = await startPostgres({ dataDir });
  expect(await ask(again, "select word from words")).toEqual([{ word: "kept" }]);
  await again.stop();
});

test("a number in postmaster.pid that was given to another process since does not matter", async () => {
  await (await startPostgres({ dataDir })).stop();
  const other = bystander();
  await writeFile(pidFile(dataDir), `${other.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n`);
  const started = await startPostgres({ dataDir });
  expect(await ask(started, "select 1 as one")).toEqual([{ one: 1 }]);
  await started.stop();
  expect(other.exitCode).toBeNull();
  other.kill();
});

test("a copied folder gets a Postgres of its own, while the one it was copied from runs", async () => {
  const copy = await newFolder();
  await (await startPostgres({ dataDir })).stop();
  await cp(join(dataDir, "postgres"), join(copy, "postgres"), { recursive: true });
  const original = await startPostgres({ dataDir });
  await writeFile(pidFile(copy), await readFile(pidFile(dataDir)));
  const copied = await startPostgres({ dataDir: copy });
  expect(copied.pid).not.toBe(original.pid);
  expect(await ask(copied, "show data_directory")).toEqual([{ data_directory: join(copy, "postgres/data") }]);
  await Promise.all([original.stop(), copied.stop()]);
});

test("a cluster that was left half made is made anew", async () => {
  const folder = await newFolder();
  await mkdir(join(folder, "postgres.new-killed/data"), { recursive: true });
  const started = await startPostgres({ dataDir: folder });
  expect(await ask(started, "select 1 as one")).toEqual([{ one: 1 }]);
  await started.stop();
  expect((await readdir(folder)).sort()).toEqual(["postgres", "postgres.log"]);
});

test.runIf(process.getuid?.() === 0)("root may start it in a folder that no one else may enter", async () => {
  const hidden = join(await newFolder(), "hidden");
  await mkdir(hidden, { mode: 0o700 });
  const started = await startPostgres({ dataDir: join(hidden, "data") });
  expect(await ask(started, "select 1 as one")).toEqual([{ one: 1 }]);
  await started.stop();
});

async function newFolder(): Promise<string> {
  const folder = await temporaryFolder();
  folders.push(folder);
  return folder.path;
}

function pidFile(folder: string): string {
  return join(folder, "postgres/data/postmaster.pid");
}

function bystander(): ChildProcess {
  return spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
}

async function ask({ url }: Postgres, question: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1 });
  try {
    return [...(await sql.unsafe(question))];
  } finally {
    await sql.end();
  }
}
