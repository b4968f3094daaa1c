import { afterAll, beforeAll, expect, test } from "vitest";
import { type Postgres, startPostgres } from "#scripts/postgres";
import { type TemporaryFolder, temporaryFolder } from "#scripts/temporary-folder";
import { createDatabase, type DatabaseHandle } from "./client.ts";

/** Far more than a connection takes, and less than a driver waits by itself after so many tries in vain. */
const LIMIT_MS = 8_000;

let folder: TemporaryFolder;
let database: DatabaseHandle;
beforeAll(async () => {
  folder = await temporaryFolder();
  const before = await startPostgres({ dataDir: folder.path });
  database = createDatabase(before.url, { max: 3, name: "test" });
  await database.sql`select 1`;
  await before.stop();
  for (let tries = 0; tries < 4; tries++) await refused();
  await startAgain(before);
});
afterAll(async () => {
  await database.end();
  await folder.remove();
});

const startAgain = ({ url }: Postgres) =>
  startPostgres({ dataDir: folder.path, port: Number(new URL(url).port) });

/** Each in vain, and at the same time as others, as in a busy process. */
const refused = () =>
  Promise.all([1, 2, 3].map(() => expect(database.sql`select 1`).rejects.toThrow(/ECONN|CONNECTION/)));

test(
  "a database that was away is used again as soon as it is back",
  async () => {
    const answers = await Promise.all(
      [1, 2, 3].map((number) => database.sql`select ${number}::int as number`),
    );
    expect(answers.flat()).toEqual([{ number: 1 }, { number: 2 }, { number: 3 }]);
  },
  LIMIT_MS,
);
