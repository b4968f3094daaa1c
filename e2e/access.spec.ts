import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROOT } from "#scripts/settings";
import { PLACES } from "./access-places.ts";
import { CALLERS, ID_NAMES, type Ids, ROWS } from "./access-table.ts";
import {
  type Answer,
  type Api,
  type Ask,
  createApi,
  type SignedIn,
  signInAsGuest,
  signUp,
  withKey,
} from "./api.ts";
import { test as base } from "./fixtures.ts";
import { expectProblem } from "./problems.ts";

/** Somebody with one of everything. */
type Person = { api: Api; key: Api; ids: Ids };
type Caller = (typeof CALLERS)[number];

const test = base.extend<object, { stranger: Person }>({
  stranger: [
    async ({ server }, use) => {
      await signUp(server.url); // The first is the admin, who is no stranger.
      await use(await settle(await signUp(server.url)));
    },
    { scope: "worker" },
  ],
});

test("every route is in the table", () => {
  const folder = join(ROOT, "app");
  const routes = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .flatMap((file) =>
      methodsIn(readFileSync(join(folder, file), "utf8")).map(
        (method) => `${method} /${file.replace(/\/route\.ts$/, "")}`,
      ),
    );
  expect(routes.length).toBeGreaterThan(20);
  expect([...new Set(ROWS.map(({ route }) => route))].sort()).toEqual(routes.sort());
});

for (const { route, statuses, ask, makes } of ROWS) {
  const [path] = ask(Object.fromEntries(ID_NAMES.map((name) => [name, `{${name}}`])) as Ids);
  test(`${route}, asked as ${path}, is answered to those whom it is for`, async ({ server, stranger }) => {
    let owner = await settle(await signInAsGuest(server.url));
    for (const caller of CALLERS) {
      // What was refused changed nothing, so it is there for the next one to ask for.
      if (caller === "owner") owner = await settle(await signInAsGuest(server.url));
      const api = await as(caller, { owner, stranger, url: server.url });
      const before = await all(owner);
      const answer = await asPage(api, ask(owner.ids));
      expect(answer.status, caller).toBe(statuses[caller]);
      if (answer.status >= 400) expect(await all(owner), caller).toEqual(before);
      if (caller !== "stranger" || statuses.stranger !== 404 || makes) continue;
      expectSame(answer, await asPage(api, ask(nobodys())));
    }
  });
}

for (const [what, { status, ask }] of Object.entries(PLACES)) {
  test(`as ${what}, what is somebody else's is as what is nobody's`, async ({ server, stranger }) => {
    const owner = await settle(await signInAsGuest(server.url));
    const before = await all(owner);
    const foreign = await stranger.api.ask(...ask(owner.ids, stranger.ids));
    expect(foreign.status).toBe(status);
    expectSame(foreign, await stranger.api.ask(...ask(nobodys(), stranger.ids)));
    expectSame(foreign, await stranger.key.ask(...ask(owner.ids, stranger.ids)));
    expect(await all(owner)).toEqual(before);
  });
}

test("a prompt into a conversation of somebody else does not tell whether its id is taken there", async ({
  server,
  stranger,
}) => {
  const { ids } = await settle(await signInAsGuest(server.url));
  const path = `/api/conversations/${ids.conversationId}/messages`;
  const send = (id: string) => stranger.api.refused(path, { body: { id, text: "hello" } });
  const missing = await send(randomUUID());
  expectProblem(missing, "not-found", 404);
  for (const id of [ids.promptId, ids.answerId]) expectSame(await send(id), missing);
});

test("an id that is taken does not tell by whom", async ({ server, stranger }) => {
  const { ids } = await settle(await signInAsGuest(server.url));
  const own = stranger.ids;
  const send = (id: string) =>
    stranger.api.refused(`/api/conversations/${own.conversationId}/messages`, {
      body: { id, text: "hello" },
    });
  const regenerate = (id: string) =>
    stranger.api.refused(`/api/messages/${own.answerId}/regenerate`, { body: { id } });
  for (const refuse of [send, regenerate]) {
    const taken = await refuse(own.promptId);
    expectProblem(taken, "id-taken", 409);
    for (const id of [ids.promptId, ids.answerId]) expectSame(await refuse(id), taken);
  }
});

test("a page before a conversation of somebody else is a page of one's own", async ({ server }) => {
  const owner = await settle(await signInAsGuest(server.url));
  const stranger = await settle(await signInAsGuest(server.url));
  await owner.api.create();
  const list = (api: Api, query: string) =>
    api.ask<{ conversations: { id: string }[]; next: string }>(`/api/conversations?${query}`);
  const { next } = (await list(owner.api, "limit=1")).body;
  const foreign = await list(stranger.api, `before=${next}`);
  expectSame(foreign, await list(stranger.api, `before=${next.split("_")[0]}_${randomUUID()}`));
  expect(foreign.body.conversations.map(({ id }) => id)).toEqual([stranger.ids.conversationId]);
});

/** Gives a newcomer one of everything, and says what it is called. */
async function settle(api: SignedIn): Promise<Person> {
  const conversationId = randomUUID();
  const { message, generation } = await api.answered(conversationId, "count to 1, 0 ms apart");
  const { apiKey, key } = await withKey(api);
  const { body } = await api.ask<{ devices: { id: string }[] }>("/api/devices");
  const kept = await api.ask<{ file: { id: string } }>("/api/files?name=notes.md", {
    body: "of the owner",
    headers: { "content-type": "text/plain" },
  });
  const ids = {
    accountId: api.accountId,
    conversationId,
    promptId: message.parentId ?? "",
    answerId: message.id,
    generationId: generation.id,
    apiKeyId: apiKey.id,
    deviceId: body.devices[0]?.id ?? "",
    fileId: kept.body.file.id,
  };
  return { api, key, ids };
}

async function as(
  caller: Caller,
  { owner, stranger, url }: { owner: Person; stranger: Person; url: string },
): Promise<Api> {
  if (caller === "nobody") return createApi({ url });
  if (caller === "stranger") return stranger.api;
  if (caller !== "revoked") return caller === "key" ? owner.key : owner.api;
  const { apiKey, key } = await withKey(owner.api);
  await owner.api.ask(`/api/api-keys/${apiKey.id}`, { method: "DELETE" });
  return key;
}

/** As a page of ours would ask: its cookie alone is not enough to change anything. */
const asPage = (api: Api, [path, ask]: [string, Ask?]) =>
  api.ask(path, { ...ask, headers: { origin: api.url, ...ask?.headers } });

const nobodys = () => Object.fromEntries(ID_NAMES.map((name) => [name, randomUUID()])) as Ids;

/** All that somebody has, and that others might change. */
async function all({ api, ids }: Person): Promise<unknown[]> {
  const { body: keys } = await api.ask<{ apiKeys: { id: string }[] }>("/api/api-keys");
  const paths = ["/api/conversations", `/api/conversations/${ids.conversationId}`, "/api/devices"];
  const others = await Promise.all(paths.map(async (path) => (await api.ask(path)).body));
  return [...others, keys.apiKeys.map(({ id }) => id)];
}

function expectSame(one: Answer, other: Answer): void {
  expect(seen(one)).toEqual(seen(other));
}

/** What an answer tells, besides the moment. */
const seen = ({ status, headers, body }: Answer) => ({
  status,
  body,
  headers: [...headers].filter(([name]) => name !== "date"),
});

/** The methods that a route exports, by their own name or under it. */
const methodsIn = (text: string) =>
  [...text.matchAll(/^export [^;=]*/gm)].flatMap(
    ([words]) => words.match(/\b(GET|HEAD|POST|PUT|PATCH|DELETE)\b/g) ?? [],
  );
