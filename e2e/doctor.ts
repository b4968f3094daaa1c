import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { PINNED_NODE, ROOT } from "#scripts/settings";

export type Examined = { code: number; lines: string[][]; text: string };

/** Runs the doctor as `npm run doctor` does, on no settings but these: it has no database. */
export async function doctor(url: string, env: Record<string, string> = {}): Promise<Examined> {
  const child = spawn(
    PINNED_NODE,
    ["--disable-warning=ExperimentalWarning", join(ROOT, "scripts/doctor.ts"), url],
    { cwd: ROOT, env: { NODE_ENV: "production", ...env }, stdio: ["ignore", "pipe", "pipe"] },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
    });
  }
  const [code] = await once(child, "close");
  return { code, lines: linesOf(text), text };
}

/** The mark and the name of each thing that was looked at. */
export const linesOf = (text: string) =>
  text.split("\n").flatMap((line) => {
    const [, mark = "", name = ""] = /^([✓·✗]) (.{15}) /.exec(line) ?? [];
    return mark === "" ? [] : [[mark, name.trim()]];
  });
