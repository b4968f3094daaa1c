import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { type Api, type Ask, createApi, signInAsGuest } from "./api.ts";
import { test as base } from "./fixtures.ts";
import { hasCountedTo, readUntil } from "./frames.ts";
import { expectProblem } from "./problems.ts";

/** What someone else has, with ids as a stranger may have learned them. */
type Theirs = { api: Api; conversationId: string; promptId: string; answerId: string; generationId: string };
type Ids = Omit<Theirs, "api">;

const test = base.extend<object, { theirs: Theirs }>({
  theirs: [
    async ({ server }, use) => {
      const api = await signInAsGuest(server.url);
      const conversationId = randomUUID();
      const sent = await api.send(conversationId, "stall after 2");
      const { messageId: promptId, answerId, generationId } = sent;
      const line = await api.events(conversationId);
      await readUntil(line.frames, hasCountedTo(2)); // And no further, until it is cancelled.
      line.leave();
      await use({ api, conversationId, promptId, answerId, generationId });
      await api.cancel(generationId);
    },
    { scope: "worker" },
  ],
});

const SSE = { accept: "text/event-stream" };
const nobodys = (): Ids => ({
  conversationId: randomUUID(),
  promptId: randomUUID(),
  answerId: randomUUID(),
  generationId: randomUUID(),
});

/** Every address that names something, and every way of asking it. */
const ADDRESSES: Record<string, (ids: Ids) => [string, Ask]> = {
  "read a conversation": (ids) => [at(ids), {}],
  "change it": (ids) => [at(ids), { method: "PATCH", body: { title: "Mine now" } }],
  "delete it": (ids) => [at(ids), { method: "DELETE" }],
  "follow its log": (ids) => [`${at(ids)}/events?after=0`, { headers: SSE }],
  "follow its log to its end": (ids) => [`${at(ids)}/events?until=idle`, { headers: SSE }],
  "follow its log from a number": (ids) => [
    `${at(ids)}/events`,
    { headers: { ...SSE, "last-event-id": "2" } },
  ],
  "follow its log from above its head": (ids) => [`${at(ids)}/events?after=999`, { headers: SSE }],
  "read its log": (ids) => [`${at(ids)}/events?after=0`, {}],
  "wait for its log": (ids) => [`${at(ids)}/events?after=3&wait=25`, {}],
  "follow it among others": (ids) => [
    `/api/follow?log=account:0&log=${ids.conversationId}:0`,
    { headers: SSE },
  ],
  "read it among others": (ids) => [
    `/api/follow?log=account:0&log=${ids.conversationId}:0&wait=25`,
    { headers: { accept: "application/json" } },
  ],
  "rejoin it among others": (ids) => [
    `/api/follow?log=${ids.conversationId}:0`,
    { headers: { ...SSE, "last-event-id": `${ids.conversationId}:2` } },
  ],
  "mark it as read": (ids) => [`${at(ids)}/read`, { body: { sequence: 1 } }],
  "cancel an answer": (ids) => [`/api/generations/${ids.generationId}/cancel`, { method: "POST" }],
  "ask for another answer": (ids) => [
    `/api/messages/${ids.answerId}/regenerate`,
    { body: { id: randomUUID() } },
  ],
  "ask for an answer to a prompt": (ids) => [
    `/api/messages/${ids.promptId}/regenerate`,
    { body: { id: randomUUID() } },
  ],
};

for (const [what, address] of Object.entries(ADDRESSES)) {
  test(`to ${what} of somebody else is answered as if it were not there`, async ({ api, theirs }) => {
    await api.create();
    const before = await theirs.api.snapshot(theirs.conversationId);
    const foreign = await api.refused(...address(theirs));
    const missing = await api.refused(...address(nobodys()));
    expectProblem(foreign, "not-found", 404);
    expect(foreign.body).toEqual(missing.body);
    expect(headersOf(foreign.headers)).toEqual(headersOf(missing.headers));
    expect(await theirs.api.snapshot(theirs.conversationId)).toEqual(before);
  });
}

test("nobody writes into a conversation of somebody else", async ({ api, theirs }) => {
  const before = await theirs.api.snapshot(theirs.conversationId);
  const { conversationId: id, answerId } = theirs;
  const ways: Record<string, string>[] = [{}, SSE, { prefer: "wait=5" }];
  for (const headers of ways) {
    const body = { id: randomUUID(), text: "count to 3" };
    expectProblem(await api.refused(`${at(theirs)}/messages`, { body, headers }), "not-found", 404);
  }
  expectProblem(await api.refused("/api/conversations", { body: { id } }), "not-found", 404);
  const own = await api.create();
  const ofBranch = async (parentId: string) =>
    api.refused(`/api/conversations/${own.id}/messages`, {
      body: { id: randomUUID(), text: "hello", parentId },
    });
  const ofLeaf = async (leafId: string) =>
    api.refused(`/api/conversations/${own.id}`, { method: "PATCH", body: { leafId } });
  for (const refuse of [ofBranch, ofLeaf]) {
    const [foreign, missing] = [await refuse(answerId), await refuse(randomUUID())];
    expectProblem(foreign, "invalid-request", 400);
    expect(foreign.body).toEqual(missing.body);
  }
  expect(await theirs.api.snapshot(id)).toEqual(before);
});

test("an account's own log is its own, and no other account's can be named", async ({ api, theirs }) => {
  const line = await api.line("/api/follow?log=account:0");
  const said = [await line.frames.next(), await line.frames.next()];
  line.leave();
  expect(said[1]?.value).toMatchObject({ event: "caught-up", data: { log: "account", sequence: 0 } });
  const theirAccount = await accountOf(theirs.api);
  for (const id of [theirAccount, randomUUID()]) {
    expectProblem(await api.refused(`/api/follow?log=${id}:0`, { headers: SSE }), "not-found", 404);
  }
  // The id of somebody's log cannot be had as the id of a conversation either.
  const body = { id: randomUUID(), text: "hello" };
  const places: [string, Ask][] = [
    ["/api/conversations", { body: { id: theirAccount } }],
    [`/api/conversations/${theirAccount}/messages`, { body }],
  ];
  for (const place of places) expectProblem(await api.refused(...place), "not-found", 404);
});

test("without a session nothing is answered, not even whether it is there", async ({ server, theirs }) => {
  const [id = "", signature = ""] = (theirs.api.cookie ?? "").split(".");
  const [name = ""] = id.split("=");
  const cookies = {
    none: undefined,
    empty: id.replace(/=.*/, "="),
    "without a signature": id,
    "with a forged signature": `${id}.${"A".repeat(signature.length)}`,
    "with another's signature": `${name}=${randomUUID()}.${signature}`,
    "with nonsense": `${name}=%00.%ff; =; ;;`,
  };
  const addresses = [
    ...Object.values(ADDRESSES).map((address) => address(theirs)),
    ["/api/conversations", {}],
    ["/api/conversations", { body: {} }],
    [`${at(theirs)}/messages`, { body: { id: randomUUID(), text: "hello" } }],
    ["/api/follow?log=account:0", { headers: SSE }],
    ["/api/models", {}],
  ] satisfies [string, Ask][];
  for (const cookie of Object.values(cookies)) {
    const nobody = createApi({ url: server.url, ...(cookie !== undefined && { cookie }) });
    const answers = await Promise.all(addresses.map(([path, ask]) => nobody.refused(path, ask)));
    for (const answer of answers) expectProblem(answer, "not-signed-in", 401);
  }
});

test("what is meant for one account is not answered as another", async ({ api, theirs }) => {
  const meant = (account: string) => ({ headers: { "rejoin-account": account } });
  const ours = await accountOf(api);
  expect((await api.ask("/api/conversations", meant(ours))).status).toBe(200);
  const theirAccount = await accountOf(theirs.api);
  for (const account of [theirAccount, randomUUID(), "", "nonsense"]) {
    expectProblem(await api.refused("/api/conversations", meant(account)), "not-signed-in", 401);
    expectProblem(await api.refused("/api/follow?log=account:0", meant(account)), "not-signed-in", 401);
    const body = { body: {}, ...meant(account) };
    expectProblem(await api.refused("/api/conversations", body), "not-signed-in", 401);
  }
});

test("another site cannot act for who is signed in here", async ({ theirs }) => {
  const { api, conversationId } = theirs;
  const before = await api.snapshot(conversationId);
  const changing: [string, Ask][] = [
    ["/api/conversations", { body: {} }],
    [`${at(theirs)}/messages`, { body: { id: randomUUID(), text: "hello" } }],
    [at(theirs), { method: "PATCH", body: { title: "Taken over" } }],
    [at(theirs), { method: "DELETE" }],
    [`${at(theirs)}/read`, { body: { sequence: 1 } }],
    [`/api/generations/${theirs.generationId}/cancel`, { method: "POST" }],
    [`/api/messages/${theirs.answerId}/regenerate`, { body: { id: randomUUID() } }],
    ["/api/auth/sign-in/anonymous", { body: {} }],
  ];
  for (const origin of ["https://elsewhere.example", "null", "http://localhost:1", "nonsense"]) {
    for (const [path, ask] of changing) {
      expectProblem(await api.refused(path, { ...ask, headers: { origin } }), "wrong-origin", 403);
    }
  }
  expect(await api.snapshot(conversationId)).toEqual(before);
});

test("our own pages may change things", async ({ api, server }) => {
  const headers = { origin: new URL(server.url).origin };
  const made = await api.ask("/api/conversations", { body: {}, headers });
  expect(made.status).toBe(201);
});

/** Who a cookie makes somebody. */
async function accountOf(api: Api): Promise<string> {
  const { body } = await api.ask<{ user: { id: string } }>("/api/auth/get-session");
  return body.user.id;
}

const at = ({ conversationId }: { conversationId: string }) => `/api/conversations/${conversationId}`;

/** What the answer says besides the moment. */
const headersOf = (headers: Headers) => Object.fromEntries([...headers].filter(([name]) => name !== "date"));
