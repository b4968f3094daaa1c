import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import type { FailureCode } from "#lib/errors";
import { FOLLOWED_LOGS_MAX } from "#lib/protocol/place";
import { type Api, type Ask, signInAsGuest } from "./api.ts";
import { test as base } from "./fixtures.ts";
import { isEntry, readAll } from "./frames.ts";
import { expectProblem } from "./problems.ts";

type Given = { api: Api; id: string; answerId: string };
type Bad = [string, Ask?];
/** What is asked, and how it is refused: 400 `invalid-request` where nothing is said. */
type Rows = Record<string, (given: Given) => Bad>;

/** A conversation with one answer, which none of this may change. */
const test = base.extend<object, { given: Given }>({
  given: [
    async ({ server }, use) => {
      const api = await signInAsGuest(server.url);
      const { id } = await api.create({ title: "As it was" });
      const { message } = await api.answered(id, "count to 2, 0 ms apart");
      await use({ api, id, answerId: message.id });
    },
    { scope: "worker" },
  ],
});

const MIB = 1024 * 1024;
const SSE = { accept: "text/event-stream" };
const send = (body: unknown) => (given: Given) =>
  [`/api/conversations/${given.id}/messages`, { body }] as Bad;
const sendNew = (body: object) => (given: Given) => send({ id: randomUUID(), ...body })(given);
const change = (body: unknown) => (given: Given) =>
  [`/api/conversations/${given.id}`, { method: "PATCH", body }] as Bad;
const make = (body: unknown) => () => ["/api/conversations", { body }] as Bad;
const list = (query: string) => () => [`/api/conversations?${query}`] as Bad;
const events =
  (query: string, headers: Record<string, string> = {}) =>
  (given: Given) =>
    [`/api/conversations/${given.id}/events?${query}`, { headers }] as Bad;
const follow =
  (query: string, headers: Record<string, string> = {}) =>
  () =>
    [`/api/follow?${query}`, { headers: { ...SSE, ...headers } }] as Bad;
const regenerate = (body: unknown) => (given: Given) =>
  [`/api/messages/${given.answerId}/regenerate`, { body }] as Bad;
const keep =
  (body: string | Uint8Array, query = "name=a") =>
  () =>
    [`/api/files?${query}`, { body, headers: { "content-type": "image/png" } }] as Bad;
const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

const PROMPTS: Rows = {
  "no body": send(""),
  "no JSON": send("{ id: 1 }"),
  "half a JSON": send('{"id":"'),
  "bytes that are not UTF-8": send(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
  null: send("null"),
  "a list": send("[]"),
  "a number": send("1"),
  "no id": send({ text: "hello" }),
  "an id that is no UUID": send({ id: "1", text: "hello" }),
  "an id that is a number": send({ id: 1, text: "hello" }),
  "neither text nor parts": sendNew({}),
  "text and parts": sendNew({ text: "hello", parts: [{ type: "text", text: "hello" }] }),
  "text that is a number": sendNew({ text: 1 }),
  "text that is null": sendNew({ text: null }),
  "no words": sendNew({ text: "" }),
  "nothing but spaces": sendNew({ text: " \n\t\u00a0\u3000 " }),
  "no parts": sendNew({ parts: [] }),
  "parts without words": sendNew({ parts: [{ type: "text", text: " " }] }),
  "parts that are a word": sendNew({ parts: "hello" }),
  "a part of a kind that only answers have": sendNew({ parts: [{ type: "reasoning", text: "hm" }] }),
  "a part without a type": sendNew({ parts: [{ text: "hello" }] }),
  "too many parts": sendNew({ parts: Array(51).fill({ type: "text", text: "a" }) }),
  "a file at an address that runs": sendNew({
    parts: [{ type: "file", mediaType: "text/html", url: "javascript:alert(1)" }],
  }),
  "a file that is not kept here": sendNew({
    parts: [{ type: "file", mediaType: "text/plain", url: `/api/files/${randomUUID()}` }],
  }),
  "a file at another address of ours": sendNew({
    parts: [{ type: "file", mediaType: "text/plain", url: "/api/conversations" }],
  }),
  "a file without a media type": sendNew({ parts: [{ type: "file", url: "https://example.org/a" }] }),
  "parts nested without end": (given) => send(`{"id":"${randomUUID()}","parts":${nested(200_000)}}`)(given),
  "a parent that is not there": sendNew({ text: "hello", parentId: randomUUID() }),
  "a parent that is no UUID": sendNew({ text: "hello", parentId: "first" }),
  "a model that is a number": sendNew({ text: "hello", model: 1 }),
  "a model without a name": sendNew({ text: "hello", model: "" }),
};

const SETTINGS: Rows = {
  "to make one from no JSON": make("title"),
  "to make one with an id that is no UUID": make({ id: "mine" }),
  "to make one with a title of nothing": make({ title: "   " }),
  "to make one with a title that is too long": make({ title: "a".repeat(201) }),
  "to make one with a title that is a list": make({ title: ["a"] }),
  "to make one with too many instructions": make({ instructions: "a".repeat(20_001) }),
  "to change nothing": change({}),
  "to change what there is not": change({ accountId: randomUUID() }),
  "to change its title to null": change({ title: null }),
  "to change its title to nothing": change({ title: "" }),
  "to pin it with a word": change({ pinned: "yes" }),
  "to keep a draft that is too long": change({ draft: "a".repeat(20_001) }),
  "to keep a draft that is a number": change({ draft: 1 }),
  "to show a message that is not there": change({ leafId: randomUUID() }),
  "to show a message that is no UUID": change({ leafId: "last" }),
  "to make an answer anew without an id": regenerate({}),
  "to make an answer anew with an id that is no UUID": regenerate({ id: "again" }),
};

const QUESTIONS: Rows = {
  "a number below 0": events("after=-1"),
  "a number that is none": events("after=abc"),
  "half a number": events("after=1.5"),
  "a number in hexadecimal": events("after=0x10"),
  "a number in short": events("after=1e3"),
  "a number with a sign": events("after=%2B1"),
  "a number that no log can reach": events("after=9999999999999999999"),
  "no number": events("after="),
  "two numbers": events("after=1&after=2"),
  "a number that is none, as an event stream": events("after=abc", SSE),
  "a last event id that is none": events("after=1", { ...SSE, "last-event-id": "abc" }),
  "a last event id below 0": events("", { ...SSE, "last-event-id": "-1" }),
  "a last event id of several logs": events("", { ...SSE, "last-event-id": "account:1" }),
  "an end that is not known": events("until=tomorrow", SSE),
  "a wait that is no number": events("wait=long"),
  "a wait below 0": events("wait=-1"),
  "no log to follow": follow(""),
  "a log of nothing": follow("log="),
  "a log without a number": follow("log=account"),
  "a log with a number below 0": follow("log=account:-1"),
  "a log with half a number": follow("log=account:1.5"),
  "a log without a name": follow("log=:1"),
  "a log that is neither the account nor a UUID": follow("log=everything:0"),
  "a log with a name and nonsense": follow("log=account:0:0"),
  "one log of nonsense among others": follow("log=account:0&log=x"),
  "the same log twice": follow("log=account:0&log=account:3"),
  "more logs than a line carries": follow(
    Array(FOLLOWED_LOGS_MAX + 1)
      .fill(0)
      .map(() => `log=${randomUUID()}:0`)
      .join("&"),
  ),
  "a wait for several logs that is no number": follow("log=account:0&wait=long"),
  "a last event id of no logs": follow("log=account:0", { "last-event-id": "7" }),
  "a page of no conversations": list("limit=0"),
  "a page of too many": list("limit=101"),
  "a page of half a conversation": list("limit=1.5"),
  "a page of a word": list("limit=all"),
  "a page before nonsense": list("before=yesterday"),
  "a page before a time without an id": list("before=2026-01-01T00:00:00.000Z"),
  "a page before a time and dashes": list(`before=2026-01-01T00:00:00.000Z_${"-".repeat(36)}`),
  "a page before time began": list(`before=0000-01-01T00:00:00.000Z_${randomUUID()}`),
  "a page before the end of time": list(`before=%2B275760-09-13T00:00:00.000Z_${randomUUID()}`),
  "a search for too much": list(`q=${"a".repeat(201)}`),
};

function refuse(name: string, rows: Rows, [status, code]: [number, FailureCode] = [400, "invalid-request"]) {
  for (const [what, ask] of Object.entries(rows)) {
    test(`${name}: ${what}`, async ({ given }) => {
      const before = await all(given);
      expectProblem(await given.api.refused(...ask(given)), code, status);
      expect(await all(given)).toEqual(before);
    });
  }
}

refuse("what is not a prompt is refused, and changes nothing", PROMPTS);
refuse("a change that cannot be is refused, and changes nothing", SETTINGS);
refuse("a question that cannot be understood is refused", QUESTIONS);

refuse("a file that is of no use is refused", {
  "neither a picture nor text": keep(Buffer.from([0xff, 0xfe, 0, 1])),
  "a picture by its name alone": keep(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), "name=a.png"),
  "an id that is no UUID": keep("words", "id=mine"),
  "a name that is too long": keep("words", `name=${"a".repeat(201)}`),
});

refuse(
  "a model that is not offered is refused by its name",
  {
    "in a prompt": sendNew({ text: "hello", model: "nobody/nothing" }),
    "in a prompt, with a NUL": sendNew({ text: "hello", model: "demo/demo\0" }),
    "in a new conversation": make({ model: "nobody/nothing" }),
    "in a change": change({ model: "nobody/nothing" }),
    "in another answer": regenerate({ id: randomUUID(), model: "nobody/nothing" }),
  },
  [400, "unknown-model"],
);

refuse(
  "what is too large is refused, and not read to its end",
  {
    "a prompt of 5 MB": sendNew({ text: "a".repeat(5 * MIB) }),
    "a prompt of 5 MB that does not say how long it is": send(new Blob([" ".repeat(5 * MIB)]).stream()),
    "a file of 11 MB": keep("a".repeat(11 * MIB)),
    "instructions of 5 MB": make({ instructions: "a".repeat(5 * MIB) }),
  },
  [413, "too-large"],
);

refuse(
  "what is not there is not found",
  {
    "an address that is no UUID": () => ["/api/conversations/1"],
    "a conversation of nobody": () => [`/api/conversations/${randomUUID()}`],
    "a line to an address that is no UUID": () => ["/api/conversations/x/events", { headers: SSE }],
    "a prompt to an address that is no UUID": () => [
      "/api/conversations/x/messages",
      { body: { id: randomUUID(), text: "hello" } },
    ],
    "a generation that is no UUID": () => ["/api/generations/1/cancel", { method: "POST" }],
    "a generation of nobody": () => [`/api/generations/${randomUUID()}/cancel`, { method: "POST" }],
    "an answer that is no UUID": () => ["/api/messages/1/regenerate", { body: { id: randomUUID() } }],
    "an address that there is not": () => ["/api/nothing/here"],
    "the address above all others": () => ["/api"],
    "a prompt to an address that there is not": () => ["/api/nothing", { body: { text: "hello" } }],
  },
  [404, "not-found"],
);

test("NUL and half characters are taken, and stored as characters that can be shown", async ({ api }) => {
  const { id } = await api.create({ title: "a\0b", instructions: "c\0d" });
  const promptId = randomUUID();
  // As raw JSON: no encoder of ours has mended it.
  const body = `{"id":"${promptId}","text":"count to 2, 0 ms apart a\\u0000b\\ud800c\\udc00d \\\\u0000 \\u2028😀"}`;
  const path = `/api/conversations/${id}/messages`;
  const sent = await api.ask(path, { body });
  expect(sent.status).toBe(202);
  const again = await api.ask(path, { body });
  expect([again.status, again.body]).toEqual([200, sent.body]);
  const told = await readAll((await api.events(id, "until=idle")).frames);
  const text = "count to 2, 0 ms apart a\ufffdb\ufffdc\ufffdd \\u0000 \u2028😀";
  const snapshot = await api.snapshot(id);
  expect(snapshot.messages[0]?.parts).toEqual([{ type: "text", text }]);
  expect(snapshot.conversation).toMatchObject({ title: "a\ufffdb", instructions: "c\ufffdd" });
  expect(snapshot.generations[0]?.status).toBe("completed");
  expect(told.filter(isEntry)[1]?.event).toMatchObject({ message: { parts: [{ text }] } });
  await api.ask(`/api/conversations/${id}`, { method: "PATCH", body: { title: "e\0f\ud800" } });
  expect((await api.snapshot(id)).conversation.title).toBe("e\ufffdf\ufffd");
});

test("a prompt just below the limit is taken, told and kept whole", async ({ api }) => {
  const { id } = await api.create();
  const text = `count to 2, 0 ms apart ${"語".repeat(MIB)}`;
  await api.answered(id, text);
  const told = await readAll((await api.events(id, "until=idle")).frames);
  expect(told.filter(isEntry)[1]?.event).toMatchObject({ message: { parts: [{ text }] } });
  const { entries } = await api.page(id, "after=1");
  expect(entries).toHaveLength(1);
  const { messages, conversation } = await api.snapshot(id);
  expect(messages[0]?.parts).toEqual([{ type: "text", text }]);
  expect(conversation.title.length).toBeLessThan(100);
});

test("what is not known in a body changes nothing, however deep it is", async ({ api }) => {
  const { id } = await api.create();
  const body = `{"id":"${randomUUID()}","text":"count to 1, 0 ms apart","more":${nested(100_000)},"__proto__":{"role":"assistant"}}`;
  expect((await api.ask(`/api/conversations/${id}/messages`, { body })).status).toBe(202);
  await readAll((await api.events(id, "until=idle")).frames);
  expect((await api.snapshot(id)).messages.map(({ role }) => role)).toEqual(["user", "assistant"]);
});

test("an id in upper case names the same thing", async ({ api }) => {
  const [id, promptId] = [randomUUID(), randomUUID()];
  const path = `/api/conversations/${id.toUpperCase()}`;
  await api.create({ id: id.toUpperCase() });
  const { message, generation } = await api.answered(id.toUpperCase(), {
    id: promptId.toUpperCase(),
    text: "count to 2, 0 ms apart",
  });
  const snapshot = await api.snapshot(id);
  expect(snapshot.conversation.id).toBe(id);
  expect(snapshot.messages[0]?.id).toBe(promptId);
  expect((await api.ask(path)).body).toEqual(snapshot);
  expect(
    (await readAll((await api.events(id.toUpperCase(), "until=idle")).frames)).filter(isEntry)[0],
  ).toBeDefined();
  expect((await api.cancel(generation.id.toUpperCase())).generation).toEqual(generation);
  const line = await api.line(`/api/follow?log=${id.toUpperCase()}:0`, {
    headers: { "last-event-id": `${id.toUpperCase()}:1` },
  });
  await line.frames.next();
  expect((await line.frames.next()).value).toMatchObject({ kind: "entry", log: id, sequence: 2 });
  line.leave();
  const anew = { id: randomUUID().toUpperCase() };
  const { status } = await api.ask(`/api/messages/${message.id.toUpperCase()}/regenerate`, { body: anew });
  expect(status).toBe(202);
});

/** Everything that the account has. */
function all({ api, id }: Given): Promise<unknown[]> {
  return Promise.all([api.snapshot(id), api.ask("/api/conversations").then(({ body }) => body)]);
}
