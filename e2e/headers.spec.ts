import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "@playwright/test";
import { freePort } from "#scripts/free-port";
import { createApi, signInAsGuest } from "./api.ts";
import { test } from "./browser-fixtures.ts";
import { type StartedServer, startServer } from "./servers.ts";

const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-powered-by": null,
  "strict-transport-security": null,
};
const POLICY = "content-security-policy";
const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const NONCE = /'nonce-([A-Za-z0-9+/=]{22,})'/;
const OVER_HTTPS = { "x-forwarded-proto": "https" };

test("every answer says what it is, and that nothing else may be made of it", async ({ api, server }) => {
  const { id } = await api.create();
  const page = await api.ask<string>("/");
  const script = /\/_next\/static\/[^"]+\.js/.exec(page.body)?.[0] ?? "";
  const line = await api.events(id);
  line.leave();
  const pages = {
    "a page": page,
    "a conversation": await api.ask(`/conversations/${id}`),
    "no conversation": await api.ask(`/conversations/${randomUUID()}`),
    "no page": await api.ask("/nowhere"),
    "a door": await createApi(server).ask("/sign-in"),
    "the other door": await createApi(server).ask("/sign-up"),
  };
  const others = {
    "the API": await api.ask("/api/models"),
    "a refusal": await api.refused(`/api/conversations/${randomUUID()}`),
    "no address of the API": await api.refused("/api/nowhere"),
    "better-auth": await api.ask("/api/auth/get-session"),
    "an event stream": line,
    "a picture": await api.ask("/icon.svg"),
  };
  // That of a web worker is its own policy, by which it loads the rest of itself.
  const scripts = { "a script": await api.ask(script) };
  for (const [what, { headers }] of Object.entries({ ...pages, ...others, ...scripts })) {
    const given = Object.keys(EVERYWHERE).map((name) => [name, headers.get(name)]);
    expect(Object.fromEntries(given), what).toEqual(EVERYWHERE);
  }
  for (const [what, { headers }] of Object.entries(others)) expect(headers.get(POLICY), what).toBe(NO_PAGE);
  expect(scripts["a script"].headers.get(POLICY)).toBe(`${NO_PAGE}; script-src 'self'`);
  for (const [what, { headers }] of Object.entries(pages)) {
    expect(headers.get(POLICY), what).toMatch(
      /^default-src 'none'; script-src 'nonce-\S+' 'strict-dynamic'; /,
    );
    expect(headers.get(POLICY), what).not.toMatch(/unsafe|https?:|\*/);
  }
});

test("each page has a nonce of its own, which its scripts carry and which nobody can bring along", async ({
  api,
}) => {
  const chosen = { "x-nonce": "chosen", [POLICY]: "script-src 'nonce-chosen'" };
  const nonces: string[] = [];
  for (const path of ["/", "/", "/sign-in", "/nowhere"]) {
    const { headers, body } = await api.ask<string>(path, { headers: chosen });
    const [, nonce = ""] = NONCE.exec(headers.get(POLICY) ?? "") ?? [];
    const scripts = body.match(/<script\b[^>]*>/g) ?? [];
    expect(scripts.length).toBeGreaterThan(3);
    expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
    expect(body).not.toContain("chosen");
    nonces.push(nonce);
  }
  expect(new Set(nonces).size).toBe(nonces.length);
});

test("nobody becomes a guest by looking at a door, or at nothing", async ({ server }) => {
  for (const path of ["/sign-in", "/sign-up", "/nowhere", "/icon.svg"]) {
    const { headers } = await createApi(server).ask(path);
    expect(headers.getSetCookie(), path).toEqual([]);
  }
});

test("no other site can show a page of ours in its own", async ({ device, server }) => {
  const { tab: openTab } = await device({ expects: /frame/i });
  const { page } = await openTab();
  const other = createServer((_, response) => {
    response
      .writeHead(200, { "content-type": "text/html" })
      .end(`<title>another site</title><iframe src="${server.url}/sign-in"></iframe>`);
  });
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const refused = page.waitForEvent("console", (message) => /frame/i.test(message.text()));
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  expect((await refused).text()).toContain("frame-ancestors 'none'");
  expect(page.frames()[1]?.url()).toBe("chrome-error://chromewebdata/");
  await new Promise((resolve) => other.close(resolve));
});

test("a cookie is for the server alone, and over https for https alone", async ({ server }) => {
  for (const [ask, path] of [
    [{}, "/"],
    [{ method: "POST", body: {} }, "/api/auth/sign-in/anonymous"],
  ] as const) {
    const api = createApi(server);
    const [plain = ""] = (await api.ask(path, ask)).headers.getSetCookie();
    expect(plain).toMatch(/^rejoin\.session_token=.*; HttpOnly; SameSite=Lax$/);
    const [secure = ""] = (await api.ask(path, { ...ask, headers: OVER_HTTPS })).headers.getSetCookie();
    expect(secure).toMatch(/^rejoin\.session_token=.*; HttpOnly; SameSite=Lax; Secure$/);
  }
});

test.describe("under an address that is https", () => {
  test("who asks by it gets cookies for https alone, and everybody is told to stay with it", async () => {
    const port = await freePort();
    const address = "https://chat.example";
    const server: StartedServer = await startServer({ env: { APP_URL: address, PORT: String(port) } });
    const local = createApi({ url: `http://localhost:${port}` });
    const by = { "x-forwarded-host": "chat.example" };
    const asked = await local.ask("/", { headers: by });
    expect(asked.headers.getSetCookie()[0]).toMatch(/; Secure$/);
    const near = await local.ask("/");
    expect(near.headers.getSetCookie()[0]).toMatch(/SameSite=Lax$/);
    for (const path of ["/", "/api/models", "/icon.svg", "/nowhere"]) {
      const { headers } = await local.ask(path);
      expect(headers.get("strict-transport-security"), path).toBe("max-age=31536000");
    }
    // What was got by one name is good by the other.
    const guest = await signInAsGuest(`http://localhost:${port}`);
    expect((await guest.ask("/api/models", { headers: { ...by, ...OVER_HTTPS } })).status).toBe(200);
    await server.stop();
  });
});
