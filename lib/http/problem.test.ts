import { expect, test } from "vitest";
import { createDatabase } from "#lib/database/client";
import { testDatabase } from "#lib/database/test-database";
import { Failure } from "#lib/errors";
import { createMoments } from "#lib/moments";
import { problemResponse } from "./problem.ts";

const { sql, url } = await testDatabase();

/** The answer that a failure becomes, and what the operator is told. */
async function translate(error: unknown) {
  const moments = createMoments();
  const told: unknown[] = [];
  moments.on("request.failed", (facts) => told.push(facts.error));
  const response = problemResponse(error, { moments });
  return { status: response.status, headers: response.headers, problem: await response.json(), told };
}

/** How a statement fails for an account that Postgres takes no connection of. */
async function refusedBy(account: string, at = new URL(url)): Promise<unknown> {
  Object.assign(at, { username: account, password: account });
  const handle = createDatabase(at.href, { max: 1, name: "test" });
  try {
    return await handle.db.execute("select 1").then(
      () => "it was let in",
      (error: unknown) => error,
    );
  } finally {
    await handle.end();
  }
}

test("a database with no connection left is told as one that may be asked again soon, and its operator learns why", async () => {
  const account = `crowded_${new URL(url).pathname.slice(-12)}`;
  await sql.unsafe(`create role ${account} login password '${account}' connection limit 0`);
  try {
    const { status, headers, problem, told } = await translate(await refusedBy(account));
    expect({ status, problem }).toMatchObject({ status: 503, problem: { code: "database-unavailable" } });
    expect(headers.get("retry-after")).toBe("2");
    expect(JSON.stringify(problem)).not.toContain(account);
    expect(told).toMatchObject([{ cause: { code: "53300" } }]);
  } finally {
    await sql.unsafe(`drop role ${account}`);
  }
});

test("a database that is not there is told in the same way", async () => {
  const nobodyThere = Object.assign(new URL(url), { port: "1" });
  const { status, problem, told } = await translate(await refusedBy("anybody", nobodyThere));
  expect({ status, problem }).toMatchObject({ status: 503, problem: { code: "database-unavailable" } });
  expect(told).toHaveLength(1);
});

test("what nobody expected is told to the operator alone", async () => {
  const error = new Error("the secret is 42");
  const { status, problem, told } = await translate(error);
  expect({ status, problem }).toMatchObject({ status: 500, problem: { code: "internal" } });
  expect(JSON.stringify(problem)).not.toContain("42");
  expect(told).toEqual([error]);
});

test("a fault of the asker is told to the asker alone", async () => {
  const { status, problem, told } = await translate(
    new Failure("not-found", "There is nothing here. Look elsewhere."),
  );
  expect({ status, problem }).toMatchObject({
    status: 404,
    problem: { detail: "There is nothing here. Look elsewhere." },
  });
  expect(told).toEqual([]);
});
