import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startPostgres } from "#scripts/postgres";
import { temporaryFolder } from "#scripts/temporary-folder";
import { migrate } from "./migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A Postgres, and the name of the migrated database in it that tests clone. */
    testServer: { url: string; template: string };
  }
}

const TEMPLATE_NAME = "template_rejoin";

/** Vitest runs this once before all tests: a Postgres of their own, and in it a migrated template to clone. */
export default async function startTestServer(project: TestProject): Promise<() => Promise<void>> {
  const folder = await temporaryFolder();
  const { url } = await startPostgres({ dataDir: folder.path });
  const sql = postgres(url, { max: 1 });
  await sql`create database ${sql(TEMPLATE_NAME)}`;
  await sql.end();
  await migrate(Object.assign(new URL(url), { pathname: `/${TEMPLATE_NAME}` }).href);
  project.provide("testServer", { url, template: TEMPLATE_NAME });
  return folder.remove;
}
