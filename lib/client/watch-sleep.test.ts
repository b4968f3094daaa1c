import { expect, test, vi } from "vitest";
import { createFakeClock } from "./fake-clock.ts";
import { watchSleep } from "./watch-sleep.ts";

function setUp() {
  const clock = createFakeClock();
  const onWoken = vi.fn();
  return { clock, onWoken, leave: watchSleep(clock, onWoken) };
}

test("a device that slept for an hour is noticed within seconds, once, and time that passes awake is no sleep", () => {
  const { clock, onWoken, leave } = setUp();
  clock.advance(3_600_000);
  expect(onWoken).not.toHaveBeenCalled();
  clock.sleep(3_600_000);
  clock.advance(5_000);
  expect(onWoken).toHaveBeenCalledOnce();
  clock.advance(3_600_000);
  expect(onWoken).toHaveBeenCalledOnce();
  leave();
  expect(clock.pending()).toEqual([]);
});

test("a tab that is called once a minute, as browsers do with those that nobody looks at, has not slept", () => {
  const { clock, onWoken } = setUp();
  for (let minutes = 0; minutes < 10; minutes++) {
    clock.sleep(55_000);
    clock.advance(5_000);
  }
  expect(onWoken).not.toHaveBeenCalled();
});
