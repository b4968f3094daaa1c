import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#scripts/postgres";
import { migrate } from "./migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A Postgres, and the name of the migrated database in it that tests clone. */
    testServer: { url: string; template: string };
  }
}

const TEMPLATE_NAME = "template_rejoin";
const CLEANER = join(import.meta.dirname, "../../scripts/clean-up-after.ts");

/** Vitest runs this once before all tests: a Postgres of their own, and in it a migrated template to clone. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "rejoin-test-"));
  const cleaner = spawn(process.execPath, [CLEANER, dataDir], {
    detached: true,
    stdio: ["pipe", "ignore", "inherit"],
  });
  const server = await startPostgres({ dataDir });
  const sql = postgres(server.url, { max: 1 });
  await sql`create database ${sql(TEMPLATE_NAME)}`;
  await sql.end();
  await migrate(Object.assign(new URL(server.url), { pathname: `/${TEMPLATE_NAME}` }).href);
  project.provide("testServer", { url: server.url, template: TEMPLATE_NAME });
  return async () => {
    cleaner.stdin.end();
    await once(cleaner, "exit");
  };
}
