import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ask, isIdle, snapshotWhen, startTestServer, textOf } from "#lib/conversations/test-server";
import { testDatabase } from "#lib/database/test-database";
import { ROOT } from "#scripts/settings";

const COUNT = 100;
const PROMPT = `count to ${COUNT}, 20 ms apart`;
const WHOLE = Array.from({ length: COUNT }, (_, index) => index + 1).join(" ");
/** It starts three servers, one after the other. */
const LIMIT_MS = 120_000;
const FIXTURE = "drizzle/other-version.fixture.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "rejoin-before-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Asked = Awaited<ReturnType<typeof ask>>;

/** The newest commit with other tables than these; undefined where there is no history that reaches so far. */
function commitBefore(): string | undefined {
  const git = (...parameters: string[]) =>
    execFileSync("git", parameters, {
      cwd: ROOT,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  try {
    if (git("status", "--porcelain", "--", "drizzle/migrations") !== "") return git("rev-parse", "HEAD");
    return git("rev-parse", "--verify", `${git("rev-list", "-1", "HEAD", "--", "drizzle/migrations")}^`);
  } catch {
    return undefined; // No git, no repository, or a clone of its newest commits alone.
  }
}

/** What that commit runs on the server, as it was written, beside the packages of today. */
function checkOut(commit: string): void {
  const archive = execFileSync("git", ["archive", commit, "lib", "drizzle", "package.json"], {
    cwd: ROOT,
    maxBuffer: 64 * 1024 * 1024,
  });
  execFileSync("tar", ["-x", "-C", folder], { input: archive });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  copyFileSync(join(ROOT, FIXTURE), join(folder, FIXTURE));
}

/** A server of the version before, in a process of its own. */
async function startBefore() {
  const child = fork(join(folder, FIXTURE), [database.url], { execArgv: ["--no-warnings"], cwd: folder });
  await once(child, "message");
  const tell = async (message: { ask: string } | { read: Asked }) => {
    child.send(message);
    return (await once(child, "message"))[0];
  };
  return {
    ask: (text: string): Promise<Asked> => tell({ ask: text }),
    /** How an answer ends, for who reads it there. */
    read: (asked: Asked): Promise<{ text: string; sequence: number }> => tell({ read: asked }),
    async end(signal: NodeJS.Signals) {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

const attemptsOf = async ({ conversationId }: Asked) =>
  (await database.sql`select attempt, status from generations where conversation_id = ${conversationId}`)[0];

test("the version before and this one work side by side on this one's tables: each goes on with the other's answers", {
  timeout: LIMIT_MS,
}, async ({ skip }) => {
  const commit = commitBefore();
  skip(
    commit === undefined,
    "There is no git history here that reaches back to other tables, so there is no version before to run.",
  );
  checkOut(commit ?? "");
  const [before, now] = [await startBefore(), startTestServer(database.url)];
  const theirs = await before.ask(PROMPT);
  await snapshotWhen(now, theirs, (snapshot) =>
    textOf(snapshot, theirs.sent.answerId).startsWith("1 2 3 4 5 6"),
  );
  expect(await attemptsOf(theirs)).toMatchObject({ attempt: 1, status: "running" });
  await before.end("SIGKILL");
  const taken = await snapshotWhen(now, theirs, isIdle);
  expect(textOf(taken, theirs.sent.answerId)).toBe(WHOLE);
  expect(await attemptsOf(theirs)).toMatchObject({ attempt: 2, status: "completed" });

  const again = await startBefore();
  expect(await again.read(theirs)).toEqual({ text: WHOLE, sequence: taken.sequence });
  const ours = await ask(now, PROMPT);
  await snapshotWhen(now, ours, (snapshot) => textOf(snapshot, ours.sent.answerId).startsWith("1 2 3 4 5 6"));
  const read = again.read(ours);
  await now.stop();
  expect((await read).text).toBe(WHOLE);
  expect(await attemptsOf(ours)).toMatchObject({ attempt: 2, status: "completed" });
  await again.end("SIGTERM");
});
