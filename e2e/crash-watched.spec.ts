import { expect } from "@playwright/test";
import { createApi } from "./api.ts";
import { expectOnlyGrew, NETWORK_ERRORS, openDevice } from "./devices.ts";
import { startProxy } from "./proxy.ts";
import { countTo, expectStored } from "./stored.ts";
import { test } from "./two-servers.ts";
import { hasEnded, watch } from "./watcher.ts";

/** Long enough for two pages to be in the middle of it, however slow the machine is. */
const PROMPT = "count to 1000, 20 ms apart";
const WHOLE = countTo(1_000);

test("kill -9 of the owner while two devices watch: both go on by themselves, and end with the words that are stored", async ({
  browser,
  servers,
  account: { api, cookie },
  ownerOf,
}) => {
  const networks = await Promise.all(servers.map(({ url }) => startProxy(url)));
  const devices = await Promise.all(
    networks.map(({ url }) => openDevice(browser, { url, cookie, expects: NETWORK_ERRORS })),
  );
  const tabs = await Promise.all(devices.map((device) => device.tab()));
  const shown = await Promise.all(tabs.map((tab) => tab.watch()));
  const { id } = await api.create();
  await Promise.all(tabs.map((tab) => tab.open(id)));
  await tabs[0]?.send(PROMPT);
  for (const tab of tabs) await tab.reads(20);

  const [owner, other] = await ownerOf(id);
  owner.kill("SIGKILL");
  for (const network of networks) network.pointTo(other.url);
  const third = watch({ urls: [other.url], cookie, conversationId: id });
  await third.until(hasEnded);
  await third.leave();
  for (const tab of tabs) {
    const left = createApi({ url: other.url, cookie });
    const { generations } = await expectStored(left, tab, [`You: ${PROMPT}`, `Answer: ${WHOLE}`]);
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
