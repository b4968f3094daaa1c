import { test as base } from "@playwright/test";
import { type Api, signInAsGuest } from "./api.ts";
import { startServer } from "./servers.ts";

type Server = Awaited<ReturnType<typeof startServer>>;

type OfWorker = {
  /** Settings of the server, beyond those it starts with. */
  serverEnv: Record<string, string>;
  /** One server for all tests of a worker that ask for the same settings, with a database of its own. */
  server: Server;
};

type OfTest = {
  /** Lets in someone new. */
  guest: () => Promise<Api>;
  /** Someone new. */
  api: Api;
};

export const test = base.extend<OfTest, OfWorker>({
  serverEnv: [{}, { scope: "worker", option: true }],

  server: [
    async ({ serverEnv }, use) => {
      const server = await startServer({ env: serverEnv });
      await use(server);
      await server.stop();
    },
    // A first start may have to build.
    { scope: "worker", timeout: 300_000 },
  ],

  guest: async ({ server }, use) => {
    await use(() => signInAsGuest(server.url));
  },

  api: async ({ guest }, use) => {
    await use(await guest());
  },
});
