import postgres, { type Sql } from "postgres";

/** One look could find the same connection by chance, where others come and go meanwhile. */
const LOOKS = 3;

/**
 * Whether a pooler stands between. Whoever opens a connection is told the process that serves it; a pooler makes that
 * number up, because a process of the database is not there for one connection alone.
 */
export async function isPooled(sql: Sql): Promise<boolean> {
  const answer = await sql.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid");
  return answer[0]?.pid !== answer.state.pid;
}

/**
 * Whether a pooler keeps to a connection what it has set, as LISTEN and locks. Somebody else begins a transaction, for
 * which a pooler of transactions takes what was free last: what this connection was served by.
 */
export async function keepsSession(sql: Sql, url: string): Promise<boolean> {
  const other = postgres(url, { max: 1, prepare: false, fetch_types: false, onnotice: () => {} });
  try {
    const seen = new Set<unknown>();
    for (let look = 0; look < LOOKS; look += 1) {
      seen.add(await pidOf(sql));
      await other.begin(async (transaction) => {
        await transaction.unsafe("select");
        seen.add(await pidOf(sql));
      });
    }
    return seen.size === 1;
  } finally {
    await other.end({ timeout: 0 });
  }
}

const pidOf = async (sql: Sql) => (await sql.unsafe("select pg_backend_pid() as pid"))[0]?.pid;
