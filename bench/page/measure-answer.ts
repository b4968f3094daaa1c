import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { CDPSession, Page } from "@playwright/test";
import { type Api, createApi } from "#e2e/api";
import { becomesReady, freshPage } from "./browser.ts";
import type { Visit } from "./measure-opening.ts";
import { forgetTasks, notesOf } from "./notes.ts";

export type Answered = {
  /** From Enter to the first word on the screen. */
  firstWordMs: number;
  longTasks: number;
  longestTaskMs: number;
  /** What long tasks had above what is not felt, all together. */
  blockedMs: number;
  busyPercent: number;
  framesPerSecond: number;
  /** Words that are not on the page when all is said, though they are stored. */
  missed: number;
};

export type Talk = {
  words: number;
  apartMs: number;
  /** What is in the conversation before. */
  wordsBefore: number;
};

/** A task that is shorter is not felt. */
const FELT_MS = 50;

/** Somebody sends a prompt from a page that is open, and watches the answer come. */
export async function measureAnswer(visit: Visit, talk: Talk): Promise<Answered> {
  const api = createApi({ url: visit.url, cookie: visit.cookie, unchecked: true });
  const conversationId = randomUUID();
  await api.create({ id: conversationId });
  if (talk.wordsBefore > 0) await api.answered(conversationId, `count to ${talk.wordsBefore}, 0 ms apart`);
  const { page, wire, leave } = await freshPage(visit.browser, visit);
  await page.goto(`${visit.url}/conversations/${conversationId}`);
  await becomesReady(page);
  await forgetTasks(page);
  const before = await busyness(wire);
  await page.keyboard.type(`count to ${talk.words}, ${talk.apartMs} ms apart`);
  await page.keyboard.press("Enter");
  await untilEnded(api, conversationId);
  await showsAll(page, talk.words);
  const after = await busyness(wire);
  const notes = await notesOf(page);
  const shown = await newestAnswer(page);
  await leave();
  const seconds = after.atSeconds - before.atSeconds;
  return {
    firstWordMs: notes.firstWordMs - notes.enteredMs,
    longTasks: notes.longTasksMs.length,
    longestTaskMs: Math.max(0, ...notes.longTasksMs),
    blockedMs: notes.longTasksMs.reduce((sum, ms) => sum + ms - FELT_MS, 0),
    busyPercent: ((after.busySeconds - before.busySeconds) / seconds) * 100,
    framesPerSecond: notes.frames / seconds,
    missed: shown.split(" ").filter((word, index) => word !== String(index + 1)).length,
  };
}

const LOOK_EVERY_MS = 250;

/** Asks the server, because whoever asked the page would keep it busy. */
async function untilEnded(api: Api, conversationId: string): Promise<void> {
  for (;;) {
    const { generations } = await api.snapshot(conversationId);
    if (generations.every(({ endedAt }) => endedAt !== undefined)) return;
    await pause(LOOK_EVERY_MS);
  }
}

const WORDS = '[aria-label="Answer"] > div > .answer';

async function showsAll(page: Page, words: number): Promise<void> {
  const isThere = ([selector, last]: [string, string]) =>
    [...document.querySelectorAll(selector)].at(-1)?.textContent?.endsWith(last) ?? false;
  await page.waitForFunction(isThere, [WORDS, ` ${words}`] satisfies [string, string]);
}

const newestAnswer = async (page: Page) => (await page.locator(WORDS).last().textContent()) ?? "";

/** How long the page has computed so far, by the browser's own clock. */
async function busyness(wire: CDPSession): Promise<{ atSeconds: number; busySeconds: number }> {
  const { metrics } = await wire.send("Performance.getMetrics");
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return { atSeconds: value("Timestamp"), busySeconds: value("TaskDuration") };
}
