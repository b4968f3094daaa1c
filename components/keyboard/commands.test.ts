import { expect, test, vi } from "vitest";
import { commands } from "./commands.ts";

test("a command is there while it is offered, and of one name the newest is run", () => {
  const [old, young] = [vi.fn(), vi.fn()];
  const told = vi.fn();
  const leave = commands.subscribe(told);
  const [withdrawOld, withdrawYoung] = [old, young].map((run) => commands.offer([{ name: "stop", run }]));
  expect(commands.getView()).toHaveLength(1);
  expect(commands.run("stop")).toBe(true);
  withdrawYoung?.();
  expect(commands.run("stop")).toBe(true);
  withdrawOld?.();
  expect(commands.run("stop")).toBe(false);
  expect([old.mock.calls.length, young.mock.calls.length]).toEqual([1, 1]);
  expect(told).toHaveBeenCalledTimes(4);
  leave();
});
