import { expect, type Locator } from "@playwright/test";
import jsQR from "jsqr";
import { type Api, createApi } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { signedIn, signedUp, somebody } from "./door.ts";
import { type Frame, readUntil } from "./frames.ts";
import { expectProblem } from "./problems.ts";

/** A line is promised to end within so many milliseconds of the access that it was opened by. */
const ENDS_WITHIN_MS = 5_000;

test("a second device joins an answer in flight by the link, which works once", async ({
  device,
  server,
  browser,
}) => {
  const api = await signedUp(server.url, somebody("Ada"));
  const desk = await (await device({ of: api })).tab();
  await desk.open();
  await desk.send("count to 80, 50 ms apart");
  await desk.reads(5);
  const conversationId = await desk.conversationId();
  await desk.page.getByRole("button", { name: "Continue on another device" }).click();
  const link = await readCode(desk.page.getByRole("img", { name: "The link as a code for a camera" }));
  expect(link).toBe(await desk.page.locator("code", { hasText: "/continue#" }).textContent());

  const phone = await device({ of: createApi({ url: server.url }), expects: /status of 404/ });
  const tab = await phone.tab();
  await tab.page.goto(link);
  await expect(tab.page.getByRole("heading", { name: "Continue as Ada" })).toBeVisible();
  expect(new URL(tab.page.url()).hash).toBe("");
  await tab.page.getByRole("button", { name: "Continue on this device" }).click();
  await tab.page.waitForURL(`**/conversations/${conversationId}`);
  await tab.reads(80);
  await desk.page.keyboard.press("Escape");
  await desk.reads(80);
  expect(await tab.transcript()).toEqual(await desk.transcript());

  const late = await browser.newPage();
  await late.goto(link);
  await expect(late.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await late.close();
});

test("of many that take a link at once, one comes in", async ({ server }) => {
  const api = await signedUp(server.url, somebody());
  const token = await makeLink(api);
  const nobody = createApi({ url: server.url });
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => nobody.ask("/api/auth/sign-in/link", { body: { token } })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404, 404, 404]);
});

test("a browser that takes a link is one device of the account, whatever it was before", async ({
  server,
  guest,
}) => {
  const api = await signedUp(server.url, somebody());
  const devices = async () => (await api.ask<{ devices: unknown[] }>("/api/devices")).body.devices.length;
  const again = await signedUp(server.url, somebody());
  for (const before of [again, await guest(), api]) {
    const had = await devices();
    const body = { token: await makeLink(api) };
    const taken = await before.ask("/api/auth/sign-in/link", { body });
    expect(taken.status).toBe(200);
    if (before === api) break;
    expectProblem(await before.refused("/api/conversations"), "not-signed-in", 401);
    expect(await devices()).toBe(had + 1);
  }
  // The device that made the last link took it itself: its cookie is a new one, and the old one nobody's.
  expectProblem(await api.refused("/api/devices"), "not-signed-in", 401);
});

test("a link that is over or was never made leads nowhere", async ({ server }) => {
  const nobody = createApi({ url: server.url });
  for (const path of ["/api/auth/sign-in/link", "/api/sign-in-links/look"]) {
    expectProblem(await nobody.refused(path, { body: { token: "nonsense" } }), "not-found", 404);
  }
});

test("a device that is signed out from another one is told so on its open line, and sees nothing more", async ({
  device,
  server,
}) => {
  const person = somebody();
  const api = await signedUp(server.url, person);
  const elsewhere = await signedIn(server.url, person);
  const lost = await (await device({ of: elsewhere, expects: /status of 401/ })).tab();
  await lost.open();
  const desk = await (await device({ of: api, userAgent: "Mozilla/5.0 (X11; Linux) Firefox/140.0" })).tab();
  await desk.visit("/settings");
  const line = await elsewhere.line("/api/follow?log=account:0");
  await readUntil(line.frames, isCaughtUp);
  const row = desk.page
    .getByRole("region", { name: "Devices" })
    .getByRole("listitem")
    .filter({ hasText: "Last seen" });
  await row.getByRole("button", { name: /^Sign out/ }).click();
  const since = Date.now();
  await desk.page.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
  const bye = await readUntil(line.frames, isBye);
  expect(bye.at(-1)).toMatchObject({ data: { reason: "signed-out", retryMs: 0 } });
  expect(Date.now() - since).toBeLessThan(ENDS_WITHIN_MS);
  await expect(lost.line).toContainText("Signed out.");
  await expect(row).toHaveCount(0);
  expectProblem(await elsewhere.refused("/api/conversations"), "not-signed-in", 401);
  expect((await api.ask("/api/conversations")).status).toBe(200);
});

test("whoever waits for news is told that they were signed out, and not the news", async ({ server }) => {
  const person = somebody();
  const api = await signedUp(server.url, person);
  const elsewhere = await signedIn(server.url, person);
  const { id } = await api.create();
  const { sequence } = await api.page(id, "after=0");
  const waiting = elsewhere.ask(`/api/conversations/${id}/events?after=${sequence}&wait=25`);
  expect((await api.ask("/api/devices", { method: "DELETE" })).status).toBe(204);
  expectProblem((await waiting) as Awaited<ReturnType<Api["refused"]>>, "not-signed-in", 401);
});

test("a key speaks for its account until it is revoked, and can neither make others nor sign anybody out", async ({
  server,
}) => {
  const api = await signedUp(server.url, somebody());
  const made = await api.ask<{ apiKey: { id: string; lastUsedAt: string | null }; key: string }>(
    "/api/api-keys",
    { body: { name: "script" } },
  );
  const { apiKey, key } = made.body;
  const asKey = { headers: { authorization: `Bearer ${key}` } };
  const program = createApi({ url: server.url });
  const { conversation } = (
    await program.ask<{ conversation: { id: string } }>("/api/conversations", { body: {}, ...asKey })
  ).body;
  expect((await api.snapshot(conversation.id)).conversation.id).toBe(conversation.id);
  const listed = await api.ask<{ apiKeys: { lastUsedAt: string | null }[] }>("/api/api-keys");
  expect(listed.body.apiKeys).toMatchObject([{ id: apiKey.id, lastUsedAt: expect.any(String) }]);
  expect(JSON.stringify(listed.body)).not.toContain(key);
  for (const path of ["/api/api-keys", "/api/devices"]) {
    expectProblem(await program.refused(path, asKey), "not-allowed", 403);
  }
  const line = await program.line("/api/follow?log=account:0", asKey);
  await readUntil(line.frames, isCaughtUp);
  await api.ask(`/api/api-keys/${apiKey.id}`, { method: "DELETE" });
  const bye = await readUntil(line.frames, isBye);
  expect(bye.at(-1)).toMatchObject({ data: { reason: "signed-out", retryMs: 0 } });
  expectProblem(await program.refused("/api/conversations", asKey), "not-signed-in", 401);
});

test("a key is made, shown once and revoked on the page", async ({ device, server }) => {
  const api = await signedUp(server.url, somebody());
  const tab = await (await device({ of: api })).tab();
  await tab.visit("/settings");
  const { page } = tab;
  await page.getByLabel("A new key for").fill("backup script");
  await page.getByRole("button", { name: "Make key" }).click();
  const key = await page.locator("code", { hasText: /^rejoin_/ }).textContent();
  const program = createApi({ url: server.url });
  const asKey = { headers: { authorization: `Bearer ${key}` } };
  expect((await program.ask("/api/conversations", asKey)).status).toBe(200);
  await page.reload();
  await expect(page.getByText("backup script")).toBeVisible();
  await expect(page.getByText(key ?? "")).toHaveCount(0);
  await page.getByRole("button", { name: "Revoke backup script" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("backup script")).toHaveCount(0);
  expectProblem(await program.refused("/api/conversations", asKey), "not-signed-in", 401);
});

test("a new password signs the other devices out and is the one that counts", async ({ device, server }) => {
  const person = somebody();
  const api = await signedUp(server.url, person);
  const elsewhere = await signedIn(server.url, person);
  const tab = await (await device({ of: api })).tab();
  await tab.visit("/settings");
  const { page } = tab;
  await page.getByLabel("Current password").fill(person.password);
  await page.getByLabel("New password").fill("another long one");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed.")).toBeVisible();
  expectProblem(await elsewhere.refused("/api/conversations"), "not-signed-in", 401);
  expect((await api.ask("/api/conversations")).status).toBe(200);
  await signedIn(server.url, { ...person, password: "another long one" });
  await expect(signedIn(server.url, person)).rejects.toThrow("401");
});

/** What a camera reads that is held before the code. */
async function readCode(code: Locator): Promise<string> {
  const size = Number((await code.getAttribute("viewBox"))?.split(" ")[2]);
  const side = size * PIXELS_PER_MODULE;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  const path = (await code.locator("path").getAttribute("d")) ?? "";
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
    for (let row = 0; row < PIXELS_PER_MODULE; row++) {
      const start = (Number(y) * PIXELS_PER_MODULE + row) * side + Number(x) * PIXELS_PER_MODULE;
      pixels.fill(0, start * 4, (start + PIXELS_PER_MODULE) * 4);
      for (let pixel = start; pixel < start + PIXELS_PER_MODULE; pixel++) pixels[pixel * 4 + 3] = 255;
    }
  }
  return readPixels(pixels, side, side)?.data ?? "nothing could be read";
}

const PIXELS_PER_MODULE = 4;
/** The package is CommonJS, and its types say otherwise. */
const readPixels = (jsQR as unknown as { default: typeof jsQR }).default ?? jsQR;

async function makeLink(api: Api): Promise<string> {
  const { body } = await api.ask<{ token: string }>("/api/sign-in-links", { body: {} });
  return body.token;
}

const isControl = (name: string) => (frame: Frame) => frame.kind === "control" && frame.event === name;
const isCaughtUp = isControl("caught-up");
const isBye = isControl("bye");
