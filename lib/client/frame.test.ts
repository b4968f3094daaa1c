import { afterEach, expect, test, vi } from "vitest";
import { browserFrame, gather } from "./frame.ts";
import { soon } from "./test-soon.ts";

afterEach(() => vi.unstubAllGlobals());

function stubFrames() {
  const frames: (() => void)[] = [];
  vi.stubGlobal("requestAnimationFrame", (act: () => void) => frames.push(act));
  vi.stubGlobal("cancelAnimationFrame", vi.fn());
  return frames;
}

test("however often it is asked for, it happens once a frame, and again with the next", () => {
  const frames: (() => void)[] = [];
  const act = vi.fn();
  const ask = gather((frame) => frames.push(frame), act);
  for (let times = 0; times < 3; times++) ask();
  expect(frames).toHaveLength(1);
  frames[0]?.();
  expect(act).toHaveBeenCalledOnce();
  ask();
  expect(frames).toHaveLength(2);
});

test("what is seen is painted with the next frame", () => {
  const frames = stubFrames();
  const act = vi.fn();
  browserFrame(act);
  expect(act).not.toHaveBeenCalled();
  frames[0]?.();
  frames[0]?.();
  expect(act).toHaveBeenCalledOnce();
});

test("a hidden tab, which paints no frames, is told all the same", async () => {
  const frames = stubFrames();
  const act = vi.fn();
  browserFrame(act);
  await soon(() => expect(act).toHaveBeenCalledOnce());
  frames[0]?.();
  expect(act).toHaveBeenCalledOnce();
});
