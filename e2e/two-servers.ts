import { randomUUID } from "node:crypto";
import { test as base } from "@playwright/test";
import postgres from "postgres";
import { type Api, signInAsGuest } from "./api.ts";
import { databaseFixture } from "./database-fixture.ts";
import { type StartedDatabase, type StartedServer, startServer } from "./servers.ts";

const LEASE_TTL_MS = 3_000;

type Instance = StartedServer & { instanceId: string };

type OfTest = {
  /** Two servers on one database; what a test kills is started anew for the next. */
  servers: [Instance, Instance];
  /** A new account, known to both. */
  account: { api: Api; cookie: string; conversationId: string };
  /** Which of the two writes the answer that a conversation waits for, and the other one. */
  ownerOf: (conversationId: string) => Promise<[owner: Instance, other: Instance]>;
};

type OfWorker = {
  database: StartedDatabase;
  /** Settings of both, beyond those they start with. */
  serversEnv: Record<string, string>;
};

export const test = base.extend<OfTest, OfWorker>({
  serversEnv: [{}, { scope: "worker", option: true }],

  database: databaseFixture,

  servers: [
    async ({ database, serversEnv }, use) => {
      const servers = await Promise.all([start(database, serversEnv), start(database, serversEnv)]);
      await use(servers as [Instance, Instance]);
      await Promise.all(servers.map((server) => server.stop()));
    },
    // A first start may have to build.
    { timeout: 300_000 },
  ],

  account: async ({ servers }, use) => {
    const api = await signInAsGuest(servers[0].url);
    await use({ api, cookie: api.cookie ?? "", conversationId: randomUUID() });
  },

  ownerOf: async ({ database, servers: [one, two] }, use) => {
    const sql = postgres(database.url, { max: 1 });
    await use(async (conversationId) => {
      const [pen] = await sql`select worker_id from logs where log_id = ${conversationId}`;
      return String(pen?.worker_id).startsWith(one.instanceId) ? [one, two] : [two, one];
    });
    await sql.end();
  },
});

async function start({ url }: StartedDatabase, given: Record<string, string>): Promise<Instance> {
  const instanceId = randomUUID();
  const env = { ...given, LEASE_TTL_MS: String(LEASE_TTL_MS), INSTANCE_ID: instanceId };
  return { ...(await startServer({ databaseUrl: url, env })), instanceId };
}
