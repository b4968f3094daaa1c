import { type BrowserContextOptions, expect } from "@playwright/test";
import type { Api } from "./api.ts";
import { type Device, openDevice, type Tab } from "./devices.ts";
import { test as base } from "./fixtures.ts";
import { type Network, startProxy } from "./proxy.ts";

type Options = BrowserContextOptions & {
  /** Whose device it is; absent: one of the account that `api` speaks for. */
  of?: Api;
  /** The address that it knows the server by; absent: the server's own. */
  url?: string;
  /** Errors that the test brings about on purpose. */
  expects?: RegExp;
};

type OfTest = {
  /** Takes out another device. All that are of one account see the same conversations. */
  device: (options?: Options) => Promise<Device>;
  /** The one tab of a device. */
  tab: Tab;
  /** A network in front of the server that can fail. */
  network: Network;
};

/** Tests in real browsers. An error that anything prints or throws on any page fails its test. */
export const test = base.extend<OfTest>({
  device: async ({ browser, server, api }, use) => {
    const devices: Device[] = [];
    await use(async ({ of = api, url = server.url, ...options } = {}) => {
      const device = await openDevice(browser, { url, cookie: of.cookie ?? "", ...options });
      devices.push(device);
      return device;
    });
    for (const device of devices) await device.leave();
    expect(
      devices.flatMap(({ complaints }) => complaints),
      "errors on the pages",
    ).toEqual([]);
  },

  tab: async ({ device }, use) => {
    const { tab } = await device();
    await use(await tab());
  },

  network: async ({ server }, use) => {
    const network = await startProxy(server.url);
    await use(network);
    await network.stop();
  },
});
