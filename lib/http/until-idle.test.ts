import { expect, test } from "vitest";
import type { FollowItem } from "#lib/log/follow";
import { newId } from "#lib/protocol/ids";
import { logFrames } from "./log-frames.ts";
import { untilIdle } from "./until-idle.ts";

const logId = newId();

test("an answer that ends while the reader is asked about is told to its end before the goodbye", async () => {
  // Caught up at 4; by the time of the question the answer has ended, with entries 5 and 6.
  const frames = await framesOf([entries("chunk", 4), caughtUp(4), entries("chunk", 5), end(6)], [6, 6]);
  expect(frames.map(toWord)).toEqual(["4", "caught-up", "5", "6", "done"]);
});

test("a line does not end while the next prompt is being answered", async () => {
  const frames = await framesOf(
    [caughtUp(4), end(5), entries("chunk", 6), end(7)],
    [undefined, undefined, 7],
  );
  expect(frames.map(toWord)).toEqual(["caught-up", "5", "6", "7", "done"]);
});

test("where nothing is being generated, a line ends once its reader has caught up", async () => {
  const frames = await framesOf([end(4), caughtUp(4), entries("chunk", 5)], [4]);
  expect(frames.map(toWord)).toEqual(["4", "caught-up", "done"]);
});

/** @param heads what is answered, each time, to whether nothing is being generated */
async function framesOf(items: FollowItem[], heads: (number | undefined)[]): Promise<string[]> {
  async function* told() {
    yield* items;
  }
  const frames: string[] = [];
  for await (const frame of logFrames(told(), { isOver: untilIdle(async () => heads.shift()) })) {
    frames.push(frame);
  }
  return frames;
}

function entries(type: string, sequence: number): FollowItem {
  return { kind: "entries", logId, entries: [{ first: sequence, sequence, text: `{"type":"${type}"}` }] };
}

const end = (sequence: number) => entries("generation-end", sequence);
const caughtUp = (sequence: number): FollowItem => ({ kind: "caught-up", logId, sequence });

function toWord(frame: string): string | undefined {
  return /^id: (\d+)|^event: (.+)|^data: \[(DONE)\]/.exec(frame)?.slice(1).find(Boolean)?.toLowerCase();
}
