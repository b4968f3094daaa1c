import { join } from "node:path";
import type { Page } from "@playwright/test";
import { createViteServer } from "vitest/node";
import { ROOT } from "#scripts/settings";
import { temporaryFolder } from "#scripts/temporary-folder";

/** Serves a page that others might have written, which passes `/api` on to a server of ours as such pages do. */
export async function serveChatPage(url: string) {
  const cache = await temporaryFolder();
  const vite = await createViteServer({
    configFile: false,
    root: join(ROOT, "e2e/chat-page"),
    cacheDir: cache.path,
    logLevel: "silent",
    // All that it stands on is there before it is asked for: else it would load anew in the middle of a test.
    optimizeDeps: { include: ["@ai-sdk/react", "react", "react-dom/client"] },
    // With the host it was asked by: a page's requests are taken from its own address alone.
    server: {
      port: 0,
      host: "localhost",
      hmr: false,
      fs: { allow: [ROOT] },
      proxy: { "/api": { target: url, changeOrigin: false } },
    },
  });
  await vite.listen();
  return {
    url: new URL(vite.resolvedUrls?.local[0] ?? "").origin,
    async stop() {
      await vite.close();
      await cache.remove();
    },
  };
}

/** What somebody does on it. */
export function chatOn(page: Page) {
  const button = (name: string) => page.getByRole("button", { name, exact: true });
  const write = async (text: string, name: string) => {
    await page.getByRole("textbox").fill(text);
    await button(name).click();
  };
  return {
    answers: page.getByRole("article", { name: "assistant" }),
    prompts: page.getByRole("article", { name: "user" }),
    status: page.getByRole("status"),
    send: (text: string) => write(text, "Send"),
    change: (text: string) => write(text, "Change"),
    press: (name: "Again" | "Stop" | "Leave" | "Come back") => button(name).click(),
  };
}
