import { eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { accounts, devices } from "#drizzle/accounts";
import type { Credential } from "#lib/asker";
import { testDatabase } from "#lib/database/test-database";
import { createMoments } from "#lib/moments";
import { createLines } from "#lib/open-lines";
import { newId } from "#lib/protocol/ids";
import { makeApiKey, revokeApiKey } from "./api-keys.ts";
import { signOutDevice } from "./devices.ts";
import { addTestAccount } from "./test-account.ts";
import { validCredentials } from "./valid-credentials.ts";
import { createAccessWatch } from "./watch-access.ts";

const { db: database } = await testDatabase();

/** An account that is signed in on two devices and has a key. */
async function someone() {
  const accountId = await addTestAccount(database);
  const [phone, tablet] = [await addDevice(accountId), await addDevice(accountId)];
  const { apiKey } = await makeApiKey(database, { accountId, name: "script" });
  const all: Credential[] = [
    { kind: "device", id: phone },
    { kind: "device", id: tablet },
    { kind: "api-key", id: apiKey.id },
  ];
  return { accountId, phone, tablet, key: apiKey.id, all };
}

async function addDevice(accountId: string): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + 60_000);
  await database.insert(devices).values({ id, accountId, token: id, expiresAt });
  return id;
}

test("whoever is signed in or has a key may ask", async () => {
  const { all, phone, tablet, key } = await someone();
  expect(await validCredentials(database, all)).toEqual(new Set([phone, tablet, key]));
});

test("a device that was signed out, one that ran out and a key that was revoked may not", async () => {
  const { accountId, all, phone, tablet, key } = await someone();
  await signOutDevice(database, { accountId, deviceId: phone });
  expect(await validCredentials(database, all)).toEqual(new Set([tablet, key]));
  await revokeApiKey(database, { accountId, apiKeyId: key });
  expect(await validCredentials(database, all)).toEqual(new Set([tablet]));
  await database.update(devices).set({ expiresAt: sql`now()` }).where(eq(devices.id, tablet));
  expect(await validCredentials(database, all)).toEqual(new Set());
});

test("nothing may ask for an account that is disabled", async () => {
  const { accountId, all } = await someone();
  await database.update(accounts).set({ disabledAt: sql`now()` }).where(eq(accounts.id, accountId));
  expect(await validCredentials(database, all)).toEqual(new Set());
});

test("a device's id is no key's", async () => {
  const { phone, key } = await someone();
  const mistaken: Credential[] = [
    { kind: "api-key", id: phone },
    { kind: "device", id: key },
  ];
  expect(await validCredentials(database, mistaken)).toEqual(new Set());
});

test("the lines of a device that is signed out end, and of a link that was taken back, and no others", async () => {
  const { accountId, phone, all } = await someone();
  const lines = createLines();
  const ended = vi.fn();
  for (const by of all) lines.add((bye) => ended(by.id, bye), { accountId, by });
  lines.add((bye) => ended("no link", bye), { accountId, by: { kind: "share", id: "no link" } });
  lines.add((bye) => ended("link", bye), { accountId, by: { kind: "share", id: "link" } });
  const watch = createAccessWatch({
    database,
    lines: () => lines,
    openShares: async () => new Set(["link"]),
    moments: createMoments(),
  });
  watch.start();
  await signOutDevice(database, { accountId, deviceId: phone });
  await expect.poll(() => ended.mock.calls.map(([device]) => device)).toContain(phone);
  await watch.stop();
  const told = new Map(ended.mock.calls as [string, object][]);
  expect(told).toEqual(
    new Map([
      [phone, { reason: "signed-out", retryMs: 0 }],
      ["no link", { reason: "share-ended", retryMs: 0 }],
    ]),
  );
});
