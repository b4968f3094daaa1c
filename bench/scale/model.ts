import { ANNOUNCE_MAX_LOGS, FLUSH_FOLLOWED_BUSY_MS } from "#lib/log/limits";
import type { Cell, Table } from "../bench.ts";
import { readReports } from "../report.ts";
import type { Bell } from "./measure-bell.ts";

/** What an account does, on an average day. Assumed, not measured: put in your own. */
export const HABITS = {
  answersADay: 5,
  wordsAnAnswer: 500,
  wordsASecond: 50,
  /** The busiest hour has so many times the answers of an average one. */
  peak: 3,
  /** Of all accounts, in the busiest hour, with the page open. */
  openShare: 0.05,
  retentionHours: 48,
};

const ACCOUNTS = [1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const DAY_SECONDS = 86_400;
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;
/** Of a core, so that there is room for a moment that is busier than the rest. */
const FILL = 0.6;

/** What the other benches measured on this machine, which the model goes on from. */
function measured() {
  const answers = 500;
  const load = row("load", "Words that flow", (cells) => cells[0] === answers && cells[1] === 1);
  const write = row(
    "write",
    "What a token of Rejoin costs at 50 tokens a second",
    (cells) => cells[0] === 100,
  );
  return {
    coresAnAnswer: figureOf(load[6]) / 100 / answers,
    postgresCoresAnAnswer: figureOf(load[7]) / 100 / answers,
    storedBytesAWord: figureOf(load[10]),
    walBytesAWord: figureOf(write[1]),
    lineKiB: figureOf(
      row("fan-out", "Followers of one answer, 5 words a second", (cells) => cells[0] === 5_000)[4],
    ),
  };
}

/** Plain arithmetic from one process to many accounts. It knows of no limit but those that are written here. */
export function modelTable(bell: Bell): Table {
  const facts = measured();
  const { answersADay, wordsAnAnswer, wordsASecond, peak, openShare, retentionHours } = HABITS;
  const rows = ACCOUNTS.map((accounts) => {
    const wordsADay = accounts * answersADay * wordsAnAnswer;
    const inFlight = (wordsADay / wordsASecond / DAY_SECONDS) * peak;
    const lines = accounts * openShare;
    const processes = Math.ceil((inFlight * facts.coresAnAnswer) / FILL);
    const wakeUps = inFlight * (1_000 / FLUSH_FOLLOWED_BUSY_MS / ANNOUNCE_MAX_LOGS);
    return [
      accounts,
      inFlight,
      processes,
      (lines * facts.lineKiB) / 1_024 / 1_024,
      inFlight * facts.postgresCoresAnAnswer,
      (inFlight * wordsASecond * facts.walBytesAWord) / MIB,
      wakeUps,
      wakeUpsFor(bell, processes),
      (wordsADay * facts.storedBytesAWord * (retentionHours / 24)) / GIB,
    ];
  });
  return {
    title: "From one process to many, computed",
    columns: [
      { name: "accounts" },
      { name: "answers in flight in the busiest hour" },
      { name: "processes, each a core" },
      { name: "memory for open pages", unit: "GiB" },
      { name: "cores of Postgres for logs" },
      { name: "WAL", unit: "MiB/s" },
      { name: "wake-ups", unit: "1/s" },
      { name: "the most that one Postgres takes", unit: "1/s" },
      { name: "entries and messages of the retention", unit: "GiB" },
    ],
    rows: rows.map((cells) => cells.map((cell) => (cell === null ? null : Number(cell.toPrecision(3))))),
  };
}

/** As measured with at least so many that listen; null for one process, which needs none, and for more than were measured. */
function wakeUpsFor(bell: Bell, processes: number): number | null {
  if (processes === 1) return null;
  return bell.find(({ listeners }) => listeners >= processes)?.perSecond.median ?? null;
}

function row(name: string, title: string, isWanted: (cells: Cell[]) => boolean): Cell[] {
  const table = readReports()
    .find((report) => report.name === name)
    ?.tables.find((one) => one.title === title);
  const found = table?.rows.find(isWanted);
  if (!found)
    throw new Error(`${name} has no such row in "${title}". Run it first: npm run bench -- ${name}`);
  return found;
}

function figureOf(cell: Cell | undefined): number {
  if (typeof cell === "number") return cell;
  if (cell && typeof cell === "object") return cell.median;
  throw new Error("a figure that the model stands on is missing");
}
