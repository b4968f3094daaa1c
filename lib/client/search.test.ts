import { expect, test } from "vitest";
import type { SearchHit } from "#lib/protocol/search";
import { createFakeClock } from "./fake-clock.ts";
import { createSearch, PAUSE_MS } from "./search.ts";
import { soon } from "./test-soon.ts";

const hit = (text: string): SearchHit =>
  ({ conversation: { id: text }, messageId: null, excerpt: [{ text, hit: true }] }) as unknown as SearchHit;

function setUp() {
  const clock = createFakeClock();
  const asked: { q: string; answer: PromiseWithResolvers<{ hits: SearchHit[] }> }[] = [];
  const api = {
    search(q: string) {
      const answer = Promise.withResolvers<{ hits: SearchHit[] }>();
      asked.push({ q, answer });
      return answer.promise;
    },
  };
  const search = createSearch({ api, clock });
  const shows = (expected: object) => soon(() => expect(search.getView()).toMatchObject(expected));
  return { clock, asked, search, shows };
}

test("it asks when somebody pauses, and for what stands there then", async () => {
  const { clock, asked, search, shows } = setUp();
  search.type("p");
  clock.advance(PAUSE_MS - 1);
  search.type("pl");
  clock.advance(PAUSE_MS);
  expect(asked.map(({ q }) => q)).toEqual(["pl"]);
  expect(search.getView()).toMatchObject({ kind: "searching", q: "pl", hits: [] });
  asked[0]?.answer.resolve({ hits: [hit("plans")] });
  await shows({ kind: "found", q: "pl", hits: [hit("plans")] });
});

test("an answer that comes late changes nothing, and what was found stands until there is more", async () => {
  const { clock, asked, search, shows } = setUp();
  search.type("one");
  clock.advance(PAUSE_MS);
  asked[0]?.answer.resolve({ hits: [hit("one")] });
  await shows({ kind: "found" });
  search.type("two");
  clock.advance(PAUSE_MS);
  search.type("three");
  clock.advance(PAUSE_MS);
  asked[1]?.answer.resolve({ hits: [hit("two")] });
  await asked[1]?.answer.promise;
  expect(search.getView()).toMatchObject({ kind: "searching", q: "three", hits: [hit("one")] });
  asked[2]?.answer.resolve({ hits: [] });
  await shows({ kind: "found", q: "three", hits: [] });
  search.type(" ");
  expect(search.getView()).toEqual({ kind: "idle", q: " ", hits: [] });
});

test("a failure is said, and may be tried again", async () => {
  const { clock, asked, search, shows } = setUp();
  search.type("one");
  clock.advance(PAUSE_MS);
  asked[0]?.answer.reject(new Error("No network."));
  await shows({ kind: "failed", q: "one", detail: "No network." });
  search.again();
  expect(search.getView()).toMatchObject({ kind: "searching", q: "one" });
  asked[1]?.answer.resolve({ hits: [hit("one")] });
  await shows({ kind: "found", q: "one" });
  expect(clock.pending()).toEqual([]);
});
