import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import postgres from "postgres";
import { findPostgres } from "#scripts/find-postgres";
import { freePort } from "#scripts/free-port";
import { temporaryFolder } from "#scripts/temporary-folder";
import { createApi, signInAsGuest } from "./api.ts";
import { NETWORK_ERRORS, openDevice } from "./devices.ts";
import { readUntil } from "./frames.ts";
import { startDatabase, startServer } from "./servers.ts";
import { countTo, expectCommitted } from "./stored.ts";

const run = promisify(execFile);

const COUNT = 200;
const PROMPT = `count to ${COUNT}, 50 ms apart`;

test("a backup that was taken in mid-answer holds all that was committed: the answer ends, and tabs that know more begin anew", async ({
  browser,
}, info) => {
  // Two servers start, and one Postgres may be installed.
  test.setTimeout(300_000);
  const programs = findPostgres(console.info);
  info.skip(
    !programs,
    "There is no Postgres with pg_dump here, and none could be installed. Install the package postgresql.",
  );
  if (!programs) return;
  info.annotations.push({ type: "postgres", description: `version ${programs.version}` });
  const [database, folder, port] = [
    await startDatabase({ programs }),
    await temporaryFolder(),
    await freePort(),
  ];
  const env = { PORT: String(port) };
  const first = await startServer({ databaseUrl: database.url, env });
  const api = await signInAsGuest(first.url);
  const cookie = api.cookie ?? "";
  const before = await api.answered(randomUUID(), "count to 3");
  const conversationId = randomUUID();
  const device = await openDevice(browser, { url: first.url, cookie, expects: NETWORK_ERRORS });
  const tab = await device.tab();
  await tab.open(before.message.conversationId);
  const { answerId } = await api.send(conversationId, PROMPT);
  await expectCommitted(api, conversationId, 10);

  const file = join(folder.path, "backup");
  await run(programs.dump, ["--format=custom", `--file=${file}`, database.url]);
  const { sequence: kept, generations } = await api.snapshot(conversationId);
  expect(generations).toMatchObject([{ attempt: 1, status: "running" }]);
  await tab.row(PROMPT).getByRole("link").click();
  // The tab comes to know more than the backup does, and then all is lost.
  await tab.reads(60);
  const late = await api.send(conversationId, "this comes too late for the backup");
  first.kill("SIGKILL");
  await first.exited;
  const restoredUrl = Object.assign(new URL(database.url), { pathname: "/restored" }).href;
  const sql = postgres(database.url, { max: 1 });
  await sql`create database restored`;
  await sql.end();
  await run(programs.restore, [`--dbname=${restoredUrl}`, "--no-owner", file]);

  const second = await startServer({ databaseUrl: restoredUrl, env });
  expect(second.output()).toContain("restored from a backup");
  // Whoever was signed in still is.
  const again = createApi({ url: second.url, cookie });
  expect(await again.snapshot(before.message.conversationId)).toMatchObject({
    messages: [{ role: "user" }, before.message],
  });
  const { messages } = await again.snapshot(conversationId);
  expect(messages.map(({ id }) => id)).toContain(answerId);
  expect(messages.map(({ id }) => id)).not.toContain(late.messageId);
  // What only the lost database had said, and what both had.
  for (const after of [kept, late.sequence]) {
    const line = await again.events(conversationId, `after=${after}`);
    const told = await readUntil(line.frames, ({ kind }) => kind === "control" || kind === "entry");
    expect(told.at(-1)).toMatchObject({ kind: "control", event: "reset" });
    line.leave();
  }
  // The tab was never touched.
  await expect(tab.answers).toHaveText([new RegExp(`^${countTo(COUNT)}`)], { timeout: 30_000 });
  expect(await tab.transcript()).toEqual([`You: ${PROMPT}`, `Answer: ${countTo(COUNT)}`]);
  expect((await again.snapshot(conversationId)).generations).toMatchObject([
    { attempt: 2, status: "completed" },
  ]);
  expect(device.complaints).toEqual([]);
  await device.leave();
  await second.stop();
  await Promise.all([database.stop(), folder.remove()]);
});
