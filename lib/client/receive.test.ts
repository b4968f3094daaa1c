import { expect, test } from "vitest";
import { controlFrame } from "#lib/protocol/sse";
import { receive } from "./receive.ts";

const encoder = new TextEncoder();
const caughtUp = controlFrame("caught-up", { sequence: 1 });

/** A body whose pieces come when they are asked for, whatever became of the one who asked. */
function answer(...pieces: string[]) {
  const left = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = left.shift();
      if (piece === undefined) controller.close();
      else controller.enqueue(encoder.encode(piece));
    },
  });
  return async () => new Response(body, { headers: { "content-type": "text/event-stream" } });
}

test.each([
  { cut: "one piece", pieces: [caughtUp + caughtUp + caughtUp] },
  { cut: "many pieces", pieces: [caughtUp, caughtUp, caughtUp] },
])("whoever leaves gets nothing more, though it came in $cut", async ({ pieces }) => {
  const left = new AbortController();
  const frames: string[] = [];
  let heard = 0;
  const end = await receive({
    fetch: answer(...pieces),
    address: "/",
    signal: left.signal,
    onHeard: () => heard++,
    onFrame: ({ kind }) => {
      frames.push(kind);
      left.abort();
    },
  });
  expect(frames).toEqual(["control"]);
  expect(heard).toBe(1);
  expect(end).toEqual({ kind: "lost", atLeastMs: 0 });
});

test("an answer without a body is a lost line", async () => {
  const fetch = async () => new Response(null, { status: 204 });
  const { signal } = new AbortController();
  const nothing = () => expect.unreachable("nothing was sent");
  const end = await receive({ fetch, address: "/", signal, onHeard: nothing, onFrame: nothing });
  expect(end).toEqual({ kind: "lost", atLeastMs: 0 });
});
