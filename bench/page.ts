import type { Budget, Cell, Table } from "./bench.ts";
import type { Report } from "./report.ts";

const INTRODUCTION = `# Benchmarks

Written by \`npm run bench\` from \`bench/results/*.json\`. Nobody writes a figure here by hand, and a test holds the
page against the results. \`npm run bench -- <name>\` takes one of them again.

A figure is the median of several runs, with the lowest and the highest behind it. Rivals run in turn, in the same
minutes on the same machine: believe ratios more than figures.
`;

/** The page that says what all benches found. */
export function benchmarksPage(reports: Report[]): string {
  return [INTRODUCTION, ...reports.map(benchSection)].join("\n");
}

export function benchSection(report: Report): string {
  const { name, question, notes = [], budgets = [] } = report;
  const blocks = [`## ${name}`, question, takenOn(report), ...report.tables.map(titled)];
  if (budgets.length > 0) blocks.push(titled(budgetTable(budgets)));
  if (report.gaps !== undefined) blocks.push(`Chunks that a reader missed or got twice: ${report.gaps}.`);
  if (notes.length > 0) blocks.push(notes.map((note) => `- ${note}`).join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

function takenOn({ machine, takenAt, parts }: Report): string {
  const { cpu, cores, memoryGiB, os, node, fdatasyncMs, load } = machine;
  const versions = Object.entries({ Node: node, ...parts }).map(([part, version]) => `${part} ${version}`);
  const on = `${cores} cores of ${cpu}, ${memoryGiB} GiB, ${os}`;
  return `Taken ${takenAt.slice(0, 10)} on ${on}; ${versions.join(", ")}. A small durable write takes this disk ${fdatasyncMs} ms; the load before the start was ${load}.`;
}

const titled = (table: Table) => `### ${table.title}\n\n${tableText(table)}`;

/** A table that reads well in a terminal and in a browser. */
export function tableText({ columns, rows }: Pick<Table, "columns" | "rows">): string {
  const head = columns.map(({ name, unit }) => (unit ? `${name} (${unit})` : name));
  const body = rows.map((row) => row.map(cellText));
  const isNumeric = columns.map((_, column) => rows.some((row) => typeof row[column] !== "string"));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...body.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) => {
    const padded = cells.map((cell, column) => {
      const width = widths[column] ?? 0;
      return isNumeric[column] ? cell.padStart(width) : cell.padEnd(width);
    });
    return `| ${padded.join(" | ")} |`;
  };
  const rule = widths.map((width, column) => "-".repeat(width - 1) + (isNumeric[column] ? ":" : "-"));
  return [line(head), line(rule), ...body.map(line)].join("\n");
}

function budgetTable(budgets: Budget[]): Table {
  return {
    title: "Budgets",
    columns: [{ name: "budget" }, { name: "promised" }, { name: "measured" }, { name: "met" }],
    rows: budgets.map(({ what, is, limit, measured, unit, met }) => [
      what,
      `${is} ${numberText(limit)} ${unit}`,
      `${numberText(measured)} ${unit}`,
      met ? "yes" : "**no**",
    ]),
  };
}

function cellText(cell: Cell): string {
  if (cell === null) return "–";
  if (typeof cell === "string") return cell.replaceAll("|", "\\|");
  if (typeof cell === "number") return numberText(cell);
  const { median, low, high } = cell;
  return low === high ? numberText(median) : `${numberText(median)} (${numberText(low)}–${numberText(high)})`;
}

const DIGITS = 3;

function numberText(value: number): string {
  const whole = Math.abs(value) >= 10 ** DIGITS || Number.isInteger(value);
  return whole
    ? Math.round(value).toLocaleString("en-US")
    : value.toLocaleString("en-US", { maximumSignificantDigits: DIGITS });
}
