import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";

test("a process goes on when nobody reads any more what it prints, and ends as it is told to", async () => {
  const child = fork(join(import.meta.dirname, "outlive-output.fixture.ts"), { silent: true });
  const exited = once(child, "exit");
  await once(child, "message");
  const closed = [child.stdout, child.stderr].map((stream) => stream && once(stream, "close"));
  child.stdout?.destroy();
  child.stderr?.destroy();
  await Promise.all(closed);
  // What it prints from here on reaches a closed pipe, and its answer comes after.
  const answer = Promise.race([once(child, "message"), exited]);
  child.send("how are you?");
  expect(await answer).toEqual(["well", undefined]);
  expect(await exited).toEqual([0, null]);
});
