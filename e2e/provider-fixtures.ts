import { test as base } from "./browser-fixtures.ts";
import { heldBy, type Provider, startProvider } from "./provider.ts";

/** Tests whose server asks a model that says nothing until the test has it say something. */
export const test = base.extend<object, { provider: Provider }>({
  provider: [
    async ({ browserName: _ }, use) => {
      const provider = await startProvider();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],

  serverEnv: [
    async ({ provider }, use) => {
      await use(heldBy(provider));
    },
    { scope: "worker" },
  ],
});
