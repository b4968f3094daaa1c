import { expect, test } from "vitest";
import { parseSettings } from "#lib/env";
import { createMoments } from "#lib/moments";
import { createLogger, logMoments } from "./log-lines.ts";

const KEY = "sk-a-key-that-nobody-may-read";

function listenTo(settings: Record<string, string>) {
  const lines: string[] = [];
  const moments = createMoments();
  const logger = createLogger(parseSettings({ OPENAI_API_KEY: KEY, ...settings }), {
    write: (line) => void lines.push(line),
  });
  logMoments(moments, logger);
  return { moments, lines };
}

const failed = {
  generationId: "g",
  outcome: "failed",
  model: "openai/gpt",
  tookMs: 1_200,
  code: "model-refused-key",
  error: new Error(`Incorrect key: ${KEY}`),
} as const;

test("as JSON each moment is one line with its facts, and no secret is in it", () => {
  const { moments, lines } = listenTo({ LOG_FORMAT: "json" });
  moments.emit("generation.ended", failed);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "warn",
    service: "rejoin",
    moment: "generation.ended",
    generationId: "g",
    outcome: "failed",
    code: "model-refused-key",
    tookMs: 1_200,
    error: expect.stringContaining("Incorrect key: [secret]"),
    msg: "Generation g failed.",
  });
  expect(lines[0]).not.toContain(KEY);
});

test("as text it is a sentence, and why", () => {
  const { moments, lines } = listenTo({});
  moments.emit("generation.ended", failed);
  expect(lines.join("")).toMatch(/^Generation g failed\. Error: Incorrect key: \[secret\]/);
});

test("a takeover is told, a first attempt only to who wants all", () => {
  const quiet = listenTo({});
  const all = listenTo({ LOG_LEVEL: "debug" });
  for (const { moments } of [quiet, all])
    for (const attempt of [1, 2]) moments.emit("generation.claimed", { generationId: "g", attempt });
  expect(quiet.lines).toEqual(["Generation g is taken over, attempt 2.\n"]);
  expect(all.lines).toHaveLength(2);
});

test("what was cleared away is told in numbers, and a pass that found nothing only to who wants all", () => {
  const { moments, lines } = listenTo({});
  moments.emit("retention.passed", { deleted: {}, tookMs: 3 });
  moments.emit("retention.passed", { deleted: { entries: 1_200, guests: 2 }, tookMs: 2_100 });
  moments.emit("retention.failed", { what: "files", error: new Error("gone") });
  expect(lines).toEqual(
    [
      "Cleared away in 3 s: 1200 entries, 2 guests.\n",
      "Old files could not be cleared away; trying again later. Error: gone",
    ].map((line) => expect.stringContaining(line)),
  );
});

test("that nobody listens is said once, and so is that somebody does again", () => {
  const { moments, lines } = listenTo({});
  for (let times = 0; times < 3; times += 1) moments.emit("listen.down", { error: new Error("gone") });
  for (let times = 0; times < 2; times += 1) moments.emit("listen.up", { isPooled: false });
  expect(lines).toEqual([
    "No LISTEN connection; polling instead until it is back. gone\n",
    "LISTEN is back.\n",
  ]);
});

test("why the log stands still is said once for each reason, and so is that it goes on", () => {
  const { moments, lines } = listenTo({});
  const flushed = { writers: 1, bytes: 10, tookMs: 2 };
  moments.emit("log.flushed", flushed);
  for (const reason of ["no space", "no space", "gone", "gone"])
    moments.emit("log.append-failed", { error: new Error(reason) });
  for (let times = 0; times < 2; times += 1) moments.emit("log.flushed", flushed);
  expect(lines).toEqual([
    "The log could not be written or read; trying again until it can. no space\n",
    "The log could not be written or read; trying again until it can. gone\n",
    "The log is written again.\n",
  ]);
});
