import { expect } from "@playwright/test";
import { createApi } from "./api.ts";
import { expectOnlyGrew, NETWORK_ERRORS, openDevice } from "./devices.ts";
import { startProxy } from "./proxy.ts";
import { countTo, expectStored } from "./stored.ts";
import { test } from "./two-servers.ts";

const PROMPT = "count to 400, 30 ms apart";
const WHOLE = countTo(400);

test("kill -9 of the owner while two devices watch: both go on by themselves, and end with the words that are stored", async ({
  browser,
  servers,
  account: { cookie },
  ownerOf,
}) => {
  const networks = await Promise.all(servers.map(({ url }) => startProxy(url)));
  const devices = await Promise.all(
    networks.map(({ url }) => openDevice(browser, { url, cookie, expects: NETWORK_ERRORS })),
  );
  const tabs = await Promise.all(devices.map((device) => device.tab()));
  const shown = await Promise.all(tabs.map((tab) => tab.watch()));
  const [a, b] = tabs as [(typeof tabs)[0], (typeof tabs)[0]];
  await a.open();
  await a.send(PROMPT);
  const id = await a.conversationId();
  await b.open(id);
  for (const tab of tabs) await tab.reads(20);

  const [owner, other] = await ownerOf(id);
  owner.kill("SIGKILL");
  for (const network of networks) network.pointTo(other.url);
  for (const { answers } of tabs) {
    await expect(answers.getByText("Continued after a restart. Safe to close.")).toBeVisible();
  }
  const api = createApi({ url: other.url, cookie });
  for (const tab of tabs) {
    const { generations } = await expectStored(api, tab, [`You: ${PROMPT}`, `Answer: ${WHOLE}`]);
    expect(generations).toMatchObject([{ status: "completed", attempt: 2 }]);
    await expect(tab.answers.getByText("Continued after a restart.", { exact: true })).toBeVisible();
  }
  for (const watched of shown) expectOnlyGrew(watched, WHOLE, 1);
  for (const device of devices) {
    expect(device.complaints).toEqual([]);
    await device.leave();
  }
  for (const network of networks) await network.stop();
});
