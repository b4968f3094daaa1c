import { eq } from "drizzle-orm";
import { afterAll, beforeEach, expect, test } from "vitest";
import { accounts, instance } from "#drizzle/accounts";
import { testDatabase } from "#lib/database/test-database";
import { parseSettings } from "#lib/env";
import type { Failure } from "#lib/errors";
import { createServer } from "#lib/server";
import { makeApiKey } from "./api-keys.ts";
import { changeInstance, isAdmin, takesSignUps } from "./instance.ts";
import { setDisabled } from "./oversee.ts";
import { mustBeAdmin, signedIn, whoAsks } from "./who.ts";

const database = await testDatabase();
const settings = parseSettings({
  DATABASE_URL: database.url,
  AUTH_SECRET: "for tests only, and long enough for it",
});
const server = createServer(settings);
afterAll(() => server.stop());
beforeEach(async () => {
  await server.database.delete(instance);
});

const PASSWORD = "correct horse";
let born = 0;

/** Someone who has just signed up. `cookie` is their device's. */
async function signUp(email = `${born++}@example.com`) {
  const { headers, response } = await server.auth.api.signUpEmail({
    body: { name: "Somebody", email, password: PASSWORD },
    returnHeaders: true,
  });
  return { id: response.user.id, email, cookie: cookieIn(headers) };
}

async function comeAsGuest() {
  const { headers, response } = await server.auth.api.signInAnonymous({
    headers: new Headers(),
    returnHeaders: true,
  });
  return { id: response?.user.id ?? "", cookie: cookieIn(headers) };
}

const cookieIn = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
const asking = (headers: Record<string, string>) => new Request("http://localhost:3000/", { headers });
const admins = async (ids: string[]) =>
  (await Promise.all(ids.map((id) => isAdmin(server.database, id)))).filter(Boolean).length;

test("of those who sign up at once, exactly one is the admin, and no guest", async () => {
  const guest = await comeAsGuest();
  expect(await isAdmin(server.database, guest.id)).toBe(false);
  // More at once than there are connections.
  const all = await Promise.all(Array.from({ length: 16 }, () => signUp()));
  expect(await admins(all.map(({ id }) => id))).toBe(1);
  const late = await signUp();
  expect(await isAdmin(server.database, late.id)).toBe(false);
});

test("once the admin's account is gone, the next who signs up is the admin", async () => {
  const first = await signUp();
  const second = await signUp();
  await server.database.delete(accounts).where(eq(accounts.id, first.id));
  expect(await isAdmin(server.database, second.id)).toBe(false);
  const third = await signUp();
  expect(await isAdmin(server.database, third.id)).toBe(true);
});

test("what the admin has said of the instance stays when there is a new admin", async () => {
  await changeInstance(server.database, { promptsPerDay: 7, signUp: "open" });
  await signUp();
  expect(await server.database.select().from(instance)).toMatchObject([{ promptsPerDay: 7, signUp: "open" }]);
});

test("the admin is told apart by their device alone", async () => {
  const admin = await signUp();
  const other = await signUp();
  const asker = await whoAsks(server, asking({ cookie: admin.cookie }));
  await mustBeAdmin(server.database, asker);
  expect((await signedIn(server, new Headers({ cookie: admin.cookie })))?.account.isAdmin).toBe(true);
  expect((await signedIn(server, new Headers({ cookie: other.cookie })))?.account.isAdmin).toBe(false);
  const { key } = await makeApiKey(server.database, { accountId: admin.id, name: "a program" });
  const program = await whoAsks(server, asking({ authorization: `Bearer ${key}` }));
  await expect(mustBeAdmin(server.database, program)).rejects.toMatchObject({ code: "not-found" });
  const stranger = await whoAsks(server, asking({ cookie: other.cookie }));
  await expect(mustBeAdmin(server.database, stranger)).rejects.toMatchObject({ code: "not-found" });
});

test("a disabled account is signed out, and neither password nor key lets it in until it is enabled", async () => {
  const { id, email, cookie } = await signUp();
  const { key } = await makeApiKey(server.database, { accountId: id, name: "a program" });
  const byKey = asking({ authorization: `Bearer ${key}` });
  const signIn = () => server.auth.api.signInEmail({ body: { email, password: PASSWORD } });
  await setDisabled(server.database, { accountId: id, disabled: true });
  await expect(whoAsks(server, asking({ cookie }))).rejects.toMatchObject({ code: "not-signed-in" });
  const refusal = (await whoAsks(server, byKey).catch((error: unknown) => error)) as Failure;
  expect(refusal).toMatchObject({ code: "not-signed-in", message: expect.stringContaining("disabled") });
  await expect(signIn()).rejects.toMatchObject({
    statusCode: 403,
    message: expect.stringContaining("disabled"),
  });
  await setDisabled(server.database, { accountId: id, disabled: false });
  expect((await whoAsks(server, byKey)).accountId).toBe(id);
  await signIn();
  await expect(whoAsks(server, asking({ cookie }))).rejects.toMatchObject({ code: "not-signed-in" });
});

test("a device that was signed in at the very moment is refused as well", async () => {
  const { id, cookie } = await signUp();
  await server.database.update(accounts).set({ disabledAt: new Date() }).where(eq(accounts.id, id));
  await expect(whoAsks(server, asking({ cookie }))).rejects.toMatchObject({
    code: "not-signed-in",
    message: expect.stringContaining("disabled"),
  });
  expect(await signedIn(server, new Headers({ cookie }))).toBeUndefined();
});

test("nobody disables or enables themselves by what they send to better-auth", async () => {
  const { id, cookie } = await signUp();
  const now = new Date();
  const body = { name: "Somebody", email: `${born++}@example.com`, password: PASSWORD, disabledAt: now };
  await expect(server.auth.api.signUpEmail({ body })).rejects.toMatchObject({ statusCode: 400 });
  await setDisabled(server.database, { accountId: id, disabled: true });
  const headers = new Headers({ cookie });
  await expect(
    server.auth.api.updateUser({ body: { disabledAt: null } as object, headers }),
  ).rejects.toMatchObject({ statusCode: 401 });
  const other = new Headers({ cookie: (await signUp()).cookie });
  await expect(
    server.auth.api.updateUser({ body: { disabledAt: now } as object, headers: other }),
  ).rejects.toMatchObject({ statusCode: 400 });
});

test("sign-up that the admin closed is closed at once, and guests still come", async () => {
  await signUp();
  await changeInstance(server.database, { signUp: "closed" });
  await expect(signUp()).rejects.toMatchObject({
    statusCode: 403,
    message: expect.stringContaining("not taken"),
  });
  await comeAsGuest();
  expect(await takesSignUps(server.database, settings)).toBe(false);
  await changeInstance(server.database, { signUp: "open" });
  await signUp();
  // What the settings close, the admin cannot open.
  expect(await takesSignUps(server.database, { ...settings, SIGN_UP: "closed" })).toBe(false);
});
