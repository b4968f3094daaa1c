import type { Cell, Context, Table } from "../bench.ts";
import { compare } from "../compare.ts";
import type { Spread } from "../spread.ts";
import type { BenchDatabase } from "../start-database.ts";
import { driveFast } from "./drive.ts";
import { measured } from "./measured.ts";
import type { Rival } from "./store.ts";

/** What was measured of each rival, for each number of generations at once. */
export type Fast = {
  sizes: number[];
  found: Map<string, Record<"perSecond" | "wal" | "size", Spread>>[];
  /** Tokens a second of ours over those of a row per token with NOTIFY, where that is least. */
  leastRatio: number;
  lost: number;
};

const FULL = { sizes: [1, 10, 100, 1_000], tokens: 1_000, limitMs: 1_500, answers: 100 };
const SMOKE = { sizes: [1, 20], tokens: 50, limitMs: 50, answers: 1 };
/** Where the bytes of a token are told. */
const SIZE_OF_BYTES = 100;

/** Every rival as fast as it can, with more and more generations at once. */
export async function runFast(
  context: Context,
  { database, rivals }: { database: BenchDatabase; rivals: Rival[] },
): Promise<Fast> {
  const { sizes, tokens, limitMs, answers } = context.smoke ? SMOKE : FULL;
  const found: Fast["found"] = [];
  let lost = 0;
  for (const atOnce of sizes) {
    context.say(`${atOnce} at once`);
    const contestants = rivals.map((rival) => ({
      name: rival.name,
      async run() {
        const one = await measured(database, rival, {
          answers: Math.max(atOnce, answers),
          drive: (begun) => driveFast(begun, { atOnce, tokens, limitMs }),
        });
        lost += one.lost;
        return one.figures;
      },
    }));
    found.push(await compare(context, contestants));
  }
  const ratios = found.map((at) => perSecond(at, "Rejoin") / perSecond(at, "row per token + NOTIFY"));
  return { sizes, found, leastRatio: Math.min(...ratios), lost };
}

const perSecond = (at: Fast["found"][number], name: string) => at.get(name)?.perSecond.median ?? Number.NaN;

export function fastTables({ sizes, found }: Fast, rivals: Rival[]): Table[] {
  const bytesAt = sizes.includes(SIZE_OF_BYTES) ? sizes.indexOf(SIZE_OF_BYTES) : 0;
  const bytesOf = ({ name, isInPostgres }: Rival): Cell[] => {
    const at = found[bytesAt]?.get(name);
    return [isInPostgres && at ? at.wal : null, at?.size.high ? at.size : null];
  };
  return [
    {
      title: "Tokens a second, as fast as each can",
      columns: [
        { name: "" },
        { name: "a token is written when it is" },
        ...sizes.map((size) => ({ name: `${size.toLocaleString("en-US")} at once`, unit: "tokens/s" })),
      ],
      rows: rivals.map(({ name, durability }) => [
        name,
        durability,
        ...found.map((at) => at.get(name)?.perSecond ?? null),
      ]),
    },
    {
      title: `What such a token costs, ${sizes[bytesAt]} generations at once`,
      columns: [
        { name: "" },
        { name: "WAL", unit: "bytes/token" },
        { name: "tables or files", unit: "bytes/token" },
      ],
      rows: rivals.map((rival) => [rival.name, ...bytesOf(rival)]),
    },
  ];
}
