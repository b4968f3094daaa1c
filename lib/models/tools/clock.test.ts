import type { ToolExecutionOptions } from "ai";
import { expect, test } from "vitest";
import { createClock } from "./clock.ts";
import { ownTools } from "./registry.ts";

const NOON = new Date("2026-03-01T12:00:00Z");
const clock = createClock(() => NOON);
const options = { toolCallId: "1", messages: [], context: {} } as unknown as ToolExecutionOptions<never>;

test("the clock tells the time of a place", async () => {
  expect(await clock.execute?.({ timeZone: "America/New_York" }, options)).toEqual({
    moment: "2026-03-01T12:00:00.000Z",
    timeZone: "America/New_York",
    local: "Sunday, 1 March 2026 at 07:00:00 GMT-5",
  });
});

test("a place that is none is an error that says what to write", () => {
  expect(() => clock.execute?.({ timeZone: "Nowhere" }, options)).toThrow(
    '"Nowhere" is not an IANA time zone. Use a name such as Europe/Berlin or UTC.',
  );
});

test("looking at a clock changes nothing, and the registry says so", () => {
  expect(ownTools({ FETCH_HOSTS: [] }, () => NOON).current_time?.sideEffects).toBe(false);
});
