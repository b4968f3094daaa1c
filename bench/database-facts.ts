import type { BenchDatabase } from "./start-database.ts";
import { familyCpuMs, parentOf } from "./usage.ts";

type Asked = Pick<BenchDatabase, "sql">;

/** What a database takes on disk, its indexes included. */
export async function databaseBytes({ sql }: Asked, url: string): Promise<number> {
  const [row] = await sql<
    { bytes: string }[]
  >`select pg_database_size(${new URL(url).pathname.slice(1)}) as bytes`;
  return Number(row?.bytes);
}

/** CPU of the whole Postgres up to now; undefined where that cannot be told. */
export async function postgresCpuMs({ sql }: Asked): Promise<number | undefined> {
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const postmaster = row && parentOf(row.pid);
  return postmaster && familyCpuMs(postmaster);
}
