import type { BenchDatabase } from "../start-database.ts";
import type { Driven } from "./drive.ts";
import type { Answer, Rival } from "./store.ts";

export type Figures = Record<"perSecond" | "wal" | "size", number>;

/** One run of one rival: how fast, what it cost, and how many characters of it are not there afterwards. */
export async function measured(
  database: BenchDatabase,
  rival: Rival,
  { answers, drive }: { answers: number; drive(answers: Answer[]): Promise<Driven> },
): Promise<{ figures: Figures; lost: number }> {
  const store = await rival.open();
  try {
    const begun = await store.begin(answers);
    const sizeBefore = await store.sizeBytes();
    const walBefore = await walBytes(database);
    const { tokens, characters, seconds } = await drive(begun);
    const wal = (await walBytes(database)) - walBefore;
    const size = (await store.sizeBytes()) - sizeBefore;
    const lost = Math.abs(characters - (await store.keptLength()));
    return { figures: { perSecond: tokens / seconds, wal: wal / tokens, size: size / tokens }, lost };
  } finally {
    await store.stop();
  }
}

async function walBytes({ sql }: BenchDatabase): Promise<number> {
  const [row] = await sql<{ bytes: string }[]>`select pg_current_wal_insert_lsn() - '0/0'::pg_lsn as bytes`;
  return Number(row?.bytes);
}
