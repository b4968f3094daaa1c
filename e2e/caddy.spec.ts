import { expect } from "@playwright/test";
import { freePort } from "#scripts/free-port";
import { startCaddy } from "./caddy.ts";
import type { StartedDaemon } from "./daemon.ts";
import { expectOnlyGrew, NETWORK_ERRORS, openDevice } from "./devices.ts";
import { doctor } from "./doctor.ts";
import { countTo } from "./stored.ts";
import { test as base } from "./two-servers.ts";

const COUNT = 150;
/** Caddy asks no other one with a request whose content it has sent already. The page does. */
const WHILE_KILLED = new RegExp(`${NETWORK_ERRORS.source}|the server responded with a status of 502`);

const test = base.extend<{ caddy: StartedDaemon }, { appUrl: string }>({
  appUrl: [
    async ({ browserName: _ }, use) => use(`https://localhost:${await freePort()}`),
    { scope: "worker" },
  ],
  serversEnv: [async ({ appUrl }, use) => use({ APP_URL: appUrl }), { scope: "worker" }],

  caddy: [
    async ({ appUrl, servers }, use) => {
      const hosts = servers.map(({ url }) => new URL(url).host);
      const caddy = await startCaddy(appUrl, hosts);
      await use(caddy);
      await caddy.stop();
    },
    { auto: true },
  ],
});

test("two servers behind Caddy, as documented: over HTTP/2 words come one by one, and go on when the one that writes them is killed", async ({
  browser,
  appUrl,
  ownerOf,
}) => {
  const examined = doctor(appUrl, { NODE_TLS_REJECT_UNAUTHORIZED: "0" });
  const laptop = await openDevice(browser, {
    url: appUrl,
    cookie: "",
    ignoreHTTPSErrors: true,
    expects: WHILE_KILLED,
  });
  const tab = await laptop.tab();
  const shown = await tab.watch();
  await tab.open();
  expect(await tab.page.evaluate(howPagesCame)).toBe("h2");

  const { code, text } = await examined;
  expect(text).toContain("HTTP/2");
  expect(code, text).toBe(0);

  await tab.send(`count to ${COUNT}, 40 ms apart`);
  await tab.reads(5);
  const [owner] = await ownerOf(await tab.conversationId());
  owner.kill("SIGKILL");
  await expect.poll(tab.words).toBe(countTo(COUNT));
  expectOnlyGrew(shown, countTo(COUNT), 1);
  // What is for whoever runs it is at the servers alone.
  expect((await tab.page.request.get(`${appUrl}/api/metrics`)).status()).toBe(404);

  expect(laptop.complaints).toEqual([]);
  await laptop.leave();
});

// Runs in the page.
function howPagesCame(): string | undefined {
  const [page] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return page?.nextHopProtocol;
}
