import type { Context, Table } from "../bench.ts";
import { repeated } from "../compare.ts";
import type { Spread } from "../spread.ts";
import type { BenchDatabase } from "../start-database.ts";
import { drivePaced } from "./drive.ts";
import { measured } from "./measured.ts";
import { rejoin } from "./rivals/rejoin.ts";

type Bytes = Record<"perSecond" | "wal" | "size", Spread>;
type Pair = { followed: Bytes; unfollowed: Bytes };
export type Paced = { rows: (Pair & { generations: number })[]; most: number; widest: Pair; lost: number };

const PER_SECOND = 50;
const FULL = { sizes: [1, 10, 100], forMs: 10_000, rounds: { runs: 3, warmUps: 0 } };
const SMOKE = { sizes: [5], forMs: 600, rounds: {} };

/** Ours at the pace of models: what a token costs depends on how many of them go into the log together. */
export async function runPaced(context: Context, database: BenchDatabase): Promise<Paced> {
  const { sizes, forMs, rounds } = context.smoke ? SMOKE : FULL;
  const rows: Paced["rows"] = [];
  let lost = 0;
  for (const generations of sizes) {
    const at = async (isFollowed: boolean): Promise<Bytes> => {
      const name = `${generations} at ${PER_SECOND} tokens/s, ${isFollowed ? "" : "not "}followed`;
      const run = async () => {
        const one = await measured(database, rejoin({ url: database.url, isFollowed }), {
          answers: generations,
          drive: (begun) => drivePaced(begun, { perSecond: PER_SECOND, forMs, signal: context.signal }),
        });
        lost += one.lost;
        return one.figures;
      };
      return repeated(context, { name, run }, rounds);
    };
    rows.push({ generations, followed: await at(true), unfollowed: await at(false) });
  }
  const widest = rows.at(-1) as Paced["rows"][number];
  return { rows, most: widest.generations, widest, lost };
}

export function pacedTable({ rows }: Paced): Table {
  return {
    title: `What a token of Rejoin costs at ${PER_SECOND} tokens a second`,
    columns: [
      { name: "generations" },
      { name: "WAL, followed", unit: "bytes/token" },
      { name: "WAL, not followed", unit: "bytes/token" },
      { name: "tables, followed", unit: "bytes/token" },
      { name: "tables, not followed", unit: "bytes/token" },
    ],
    rows: rows.map(({ generations, followed, unfollowed }) => [
      generations,
      followed.wal,
      unfollowed.wal,
      followed.size,
      unfollowed.size,
    ]),
  };
}
