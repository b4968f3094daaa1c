import { expect, test } from "vitest";
import { createFollowers } from "./followers.ts";
import { FOLLOWED_ELSEWHERE_MS, TELL_FOLLOWED_MS } from "./limits.ts";

test("a log is followed elsewhere for a while after somebody said so", () => {
  let nowMs = 1_000;
  const followers = createFollowers({ now: () => nowMs });
  expect(followers.areElsewhere("a")).toBe(false);
  followers.heard(["a"]);
  nowMs += FOLLOWED_ELSEWHERE_MS - 1;
  followers.heard(["b"]);
  expect(followers.areElsewhere("a")).toBe(true);
  nowMs += 1;
  expect(followers.areElsewhere("a")).toBe(false);
  expect(followers.areElsewhere("b")).toBe(true);
});

test("whoever goes on saying so is believed without a break", () => {
  let nowMs = 0;
  const followers = createFollowers({ now: () => nowMs });
  for (let times = 0; times < 5; times += 1) {
    followers.heard(["a"]);
    nowMs += TELL_FOLLOWED_MS;
    expect(followers.areElsewhere("a")).toBe(true);
  }
});

test("that a log is followed here is said once, and again when it may have been forgotten", () => {
  let nowMs = 0;
  const followers = createFollowers({ now: () => nowMs });
  expect(followers.toTell(["a", "b"])).toEqual(["a", "b"]);
  nowMs += TELL_FOLLOWED_MS - 1;
  expect(followers.toTell(["a", "c"])).toEqual(["c"]);
  nowMs += 1;
  expect(followers.toTell(["a", "c"])).toEqual(["a"]);
});
