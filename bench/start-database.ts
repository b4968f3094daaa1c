import { randomUUID } from "node:crypto";
import postgres, { type Sql } from "postgres";
import { startDatabase as startCluster } from "#e2e/servers";
import { migrate } from "#lib/database/migrate";
import type { Context } from "./bench.ts";

export type BenchDatabase = {
  url: string;
  /** A connection of nobody's, to look at things. */
  sql: Sql;
  /** Another empty, migrated database in the same Postgres, for a rival that must begin as we do. */
  another(): Promise<string>;
};

/** A Postgres of the bench's own, with the product's tables in it. */
export async function startDatabase(context: Context): Promise<BenchDatabase> {
  const cluster = await startCluster();
  context.endWith(cluster.stop);
  const sql = postgres(cluster.url, { max: 1, onnotice: () => {} });
  context.endWith(() => sql.end({ timeout: 0 }));
  const [row] = await sql<{ version: string }[]>`select current_setting('server_version') as version`;
  context.uses("PostgreSQL", row?.version ?? "unknown");
  await migrate(cluster.url);
  return {
    url: cluster.url,
    sql,
    async another() {
      const name = `bench_${randomUUID().replaceAll("-", "")}`;
      await sql`create database ${sql(name)}`;
      const url = Object.assign(new URL(cluster.url), { pathname: `/${name}` }).href;
      await migrate(url);
      return url;
    },
  };
}
