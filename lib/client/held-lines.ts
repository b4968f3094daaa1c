import { FOLLOWED_LOGS_MAX } from "#lib/protocol/place";
import { createHeldLine, type HeldLine, type LineDeps, type LineUse } from "./held-line.ts";

export type HeldLines = ReturnType<typeof createHeldLines>;

/**
 * As many lines as are needed for all that is followed. It is one, unless somebody has more conversations open than a
 * line carries; what is told of it is told of the first.
 */
export function createHeldLines(deps: LineDeps, use: LineUse, options: { isHeldBack?: boolean } = {}) {
  const lines: { logs: Set<string>; held: HeldLine }[] = [];

  function addLine() {
    const logs = new Set<string>();
    const isFirst = lines.length === 0;
    const ownUse: LineUse = {
      ...use,
      places: () => use.places().filter(({ log }) => logs.has(log)),
      onLine: (line, silentForMs) => isFirst && use.onLine(line, silentForMs),
    };
    const line = { logs, held: createHeldLine(deps, ownUse, options) };
    lines.push(line);
    return line;
  }

  /** Each log stays on its line for as long as it is wanted. */
  function share() {
    const wanted = new Set(use.places().map(({ log }) => log));
    for (const { logs } of lines) for (const log of logs) if (!wanted.has(log)) logs.delete(log);
    for (const log of wanted) {
      if (lines.some(({ logs }) => logs.has(log))) continue;
      const line = lines.find(({ logs }) => logs.size < FOLLOWED_LOGS_MAX) ?? addLine();
      line.logs.add(log);
    }
  }

  return {
    changed() {
      share();
      for (const { held } of lines) held.changed();
    },
    seen() {
      for (const { held } of lines) held.seen();
    },
    hurry() {
      for (const { held } of lines) held.hurry();
    },
    isHeldBack: () => lines[0]?.held.isHeldBack() ?? false,
    close() {
      for (const { held } of lines) held.close();
    },
  };
}
