import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { conversations, messages } from "#drizzle/schema";
import { addTestAccount } from "#lib/accounts/test-account";
import { testDatabase } from "#lib/database/test-database";
import { newId } from "#lib/protocol/ids";
import { changeConversation } from "./change-conversation.ts";
import { createConversation } from "./create-conversation.ts";
import { deleteConversation } from "./delete-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { search } from "./search.ts";
import { startTestServer } from "./test-server.ts";

const database = await testDatabase();
const server = startTestServer(database.url);
afterAll(() => server.stop());

/** Somebody with conversations: by title, what is said in each. */
async function somebody(said: Record<string, string[]>) {
  const accountId = await addTestAccount(server.database);
  const ids: Record<string, string> = {};
  for (const [title, texts] of Object.entries(said)) {
    const { conversation } = await createConversation(server, { accountId, body: { title } });
    ids[title] = conversation.id;
    for (const [index, text] of texts.entries()) await say(conversation.id, text, index);
  }
  const find = async (q: string, limit = 20) =>
    (await search(server.database, { accountId, q, limit })).map(
      ({ conversation, messageId, excerpt }) =>
        `${messageId === null ? "title" : conversation.title}: ${excerpt
          .map(({ text, hit }) => (hit ? `[${text}]` : text))
          .join("")}`,
    );
  return { accountId, ids, find };
}

async function say(conversationId: string, text: string, sequence: number): Promise<void> {
  await server.database.insert(messages).values({
    id: newId(),
    conversationId,
    role: sequence % 2 === 0 ? "user" : "assistant",
    parts: [
      { type: "reasoning", text: "secret thoughts" },
      { type: "text", text },
    ],
    sequence,
  });
}

test("titles come first, then messages, the best and then the newest first, each with its words marked", async () => {
  const { find } = await somebody({
    Trip: ["A mild autumn", "Autumn in Kyoto: autumn leaves, autumn light"],
    "Autumn plans": ["Nothing of it"],
    Late: ["An autumn walk"],
  });
  expect(await find("autumn")).toEqual([
    "title: [Autumn] plans",
    "Trip: [Autumn] in Kyoto: [autumn] leaves, [autumn] light",
    "Late: An [autumn] walk",
    "Trip: A mild [autumn]",
  ]);
  expect(await find("autumn", 2)).toHaveLength(2);
});

test("words are found as they begin, all in one message; phrases as they stand", async () => {
  const { find } = await somebody({
    One: ["Where does the river bend?", "The bending river runs south"],
    Two: ["River", "bend"],
  });
  expect(await find("bend riv")).toEqual([
    "One: The [bend]ing [riv]er runs south",
    "One: Where does the [riv]er [bend]?",
  ]);
  expect(await find('"river bend"')).toEqual(["One: Where does the [river bend]?"]);
  expect(await find('"river be')).toEqual([]);
  expect(await find('south "river runs"')).toEqual(["One: The bending [river runs] [south]"]);
  expect(await find("iver")).toEqual([]);
  expect(await find("secret")).toEqual([]);
});

test("whatever is typed is taken as it is, and is no error", async () => {
  const { find } = await somebody({
    Signs: ["I like C++ & café; 100% of it's ours: a\\b_c <b> | !x", "C is for 1000 cats"],
    Writing: ["日本の秋は美しい。", "ÜBUNG macht den Meister", "Die Übung"],
  });
  expect(await find("c++")).toEqual(["Signs: I like [C++] & café; 100% of it's ours: a\\b_c <b> | !x"]);
  expect(await find("100%")).toHaveLength(1);
  expect(await find("it's")).toHaveLength(1);
  expect(await find("&")).toHaveLength(1);
  expect(await find("b_c")).toHaveLength(1);
  expect(await find("秋は")).toEqual(["Writing: 日本の[秋は]美しい。"]);
  expect(await find("übung")).toEqual(["Writing: Die [Übung]", "Writing: [ÜBUNG] macht den Meister"]);
  const hostile = [
    "'",
    "''",
    "\\",
    "\\'",
    ":*",
    "!",
    "( )",
    "a & | b",
    "<->",
    "a:*b",
    '"',
    '""',
    "\0",
    "\ud800",
    "%",
    "_",
    "$1",
    "x' or 1=1 --",
    "…",
    "🦆",
    " ",
  ];
  for (const q of hostile) await find(q);
  expect(await find("nothing of the kind")).toEqual([]);
  expect(await find('" "')).toEqual([]);
});

test("only what is the account's and is listed is found; what is archived is, and says so", async () => {
  const { find, ids, accountId } = await somebody({
    Kept: ["a heron"],
    Gone: ["a heron"],
    Put: ["a heron"],
    Fleeting: ["a heron"],
  });
  await somebody({ Foreign: ["a heron"], Heron: [] });
  await deleteConversation(server, { accountId, conversationId: ids.Gone ?? "" });
  await changeConversation(server, { accountId, conversationId: ids.Put ?? "", change: { archived: true } });
  await server.database
    .update(conversations)
    .set({ temporary: true })
    .where(eq(conversations.id, ids.Fleeting ?? ""));
  expect(await find("heron")).toEqual(["Put: a [heron]", "Kept: a [heron]"]);
  const hits = await search(server.database, { accountId, q: "heron", limit: 9 });
  expect(hits.map(({ conversation }) => conversation.archived)).toEqual([true, false]);
  const list = await listConversations(server.database, { accountId, limit: 9, search: "her" });
  expect(list.conversations.map(({ title }) => title)).toEqual(["Put", "Kept"]);
});

test("one long conversation does not take the place of all others", async () => {
  const { find } = await somebody({ Short: ["quince"], Long: Array.from({ length: 30 }, () => "quince") });
  const found = await find("quince");
  expect(found.filter((hit) => hit.startsWith("Long"))).toHaveLength(3);
  expect(found).toContain("Short: [quince]");
});

test("Postgres looks words up in their index", async () => {
  const rows = await server.database.transaction(async (transaction) => {
    await transaction.execute(sql`set local enable_seqscan = off`);
    return transaction.execute<{ "QUERY PLAN": string }>(sql`
      explain select id from messages
      where to_tsvector('simple', message_text(parts)) @@ (to_tsquery('simple', ${"'heron':*"}))`);
  });
  expect(rows.map((row) => row["QUERY PLAN"]).join("\n")).toContain("messages_words");
});
