import { createParser } from "eventsource-parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gatherEvents } from "./gathered-events.ts";

const encoder = new TextEncoder();
const said = (text: string, index = 0) =>
  `event: content_block_delta\ndata: ${JSON.stringify({ type: "content_block_delta", index, delta: { type: "text_delta", text } })}\n\n`;
const stop = 'event: content_block_stop\ndata: {"type":"content_block_stop","index":0}\n\n';
const decoded = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function gathered(...texts: string[]) {
  const events = gatherEvents();
  for (const text of texts) events.add(encoder.encode(text));
  return events;
}

test("words of one kind are one event, and stay before what comes after them", () => {
  const events = gathered(said("a"), said("b"), said("c", 1), stop, said("d"));
  expect(decoded(events.take())).toBe(said("ab") + said("c", 1) + stop + said("d"));
  expect(events.isEmpty()).toBe(true);
});

test("a word alone comes through to the letter", () => {
  const strange = 'event: x\ndata: {"choices": [ {"delta": {"content": "a"} } ]}\n\n';
  expect(decoded(gathered(strange).take())).toBe(strange);
});

test("what is not whole waits for its rest, even between two lines of one event", () => {
  const [name, data] = said("b").split("\n");
  const events = gathered(said("a"), `${name}\n`);
  expect(decoded(events.take())).toBe(said("a"));
  expect(events.isEmpty()).toBe(true);
  events.add(encoder.encode(`${data}\n\n`));
  expect(decoded(events.take())).toBe(said("b"));
});

test("words may wait; what is no word, and much text, may not", () => {
  expect(gathered(said("a"), said("b")).isUrgent()).toBe(false);
  expect(gathered(said("a"), stop).isUrgent()).toBe(true);
  expect(gathered(said("a".repeat(5_000))).isUrgent()).toBe(true);
  const events = gathered(said("a"), stop);
  events.take();
  events.add(encoder.encode(said("b")));
  expect(events.isUrgent()).toBe(false);
});

test("comments say nothing, several lines of data and other line ends are read as they are meant", () => {
  const events = gathered(": ping\n\n", "data: one\r\ndata: two\r\n\r\n");
  expect(decoded(events.take())).toBe("data: one\ndata: two\n\n");
});

/** What was said, by kind, with adjacent words of one kind joined. */
function meaning(text: string): string[] {
  const meant: { kind: string; text: string }[] = [];
  const onEvent = ({ event = "", data }: { event?: string | undefined; data: string }) => {
    const { index, delta } = JSON.parse(data);
    const kind = `${event} ${index}`;
    const last = meant.at(-1);
    if (delta && last?.kind === kind) last.text += delta.text;
    else meant.push({ kind, text: delta?.text ?? "" });
  };
  createParser({ onEvent }).feed(text);
  return meant.map(({ kind, text }) => `${kind} ${text}`);
}

test("however it is cut and taken, it means the same, in the same order", () => {
  const event = fc.oneof(
    fc
      .tuple(fc.string({ minLength: 1, unit: "grapheme" }), fc.nat(1))
      .map(([text, index]) => said(text, index)),
    fc.constant(stop),
  );
  const cuts = fc.array(fc.record({ length: fc.integer({ min: 1, max: 200 }), take: fc.boolean() }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 30 }), cuts, (all, script) => {
      const text = all.join("");
      let bytes = encoder.encode(text);
      const events = gatherEvents();
      const taken: Uint8Array[] = [];
      for (let turn = 0; bytes.length > 0; turn += 1) {
        const { length, take } = script[turn % script.length] as { length: number; take: boolean };
        events.add(bytes.subarray(0, length));
        bytes = bytes.subarray(length);
        if (take) taken.push(events.take());
      }
      taken.push(events.take());
      expect(meaning(taken.map(decoded).join(""))).toEqual(meaning(text));
    }),
  );
});
