import { expect, test } from "vitest";
import { repeat } from "./repeat.ts";

test("it works again though it failed, and not any more once it is stopped", async () => {
  let times = 0;
  const errors: unknown[] = [];
  const twice = Promise.withResolvers<void>();
  const repeated = repeat({
    work() {
      times += 1;
      if (times === 2) twice.resolve();
      throw new Error(`time ${times}`);
    },
    everyMs: () => 1,
    onError: (error) => errors.push(String(error)),
  });
  repeated.start();
  await twice.promise;
  await repeated.stop();
  const done = times;
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(times).toBe(done);
  expect(errors.slice(0, 2)).toEqual(["Error: time 1", "Error: time 2"]);
});

test("to stop is to wait for what is being done, which is told to hurry", async () => {
  const begun = Promise.withResolvers<void>();
  let isDone = false;
  const repeated = repeat({
    async work(signal) {
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
      isDone = true;
    },
    everyMs: () => 1,
    onError: (error) => expect.fail(String(error)),
  });
  repeated.start();
  await begun.promise;
  await repeated.stop();
  expect(isDone).toBe(true);
});
