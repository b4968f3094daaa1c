import { type StartedDatabase, startDatabase } from "./servers.ts";

type Fixture = [
  (known: { browserName: string }, use: (database: StartedDatabase) => Promise<void>) => Promise<void>,
  { scope: "worker" },
];

/** A Postgres for all tests of a worker that ask for it. */
export const databaseFixture: Fixture = [
  async ({ browserName: _ }, use) => {
    const database = await startDatabase();
    await use(database);
    await database.stop();
  },
  { scope: "worker" },
];
