import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { freePort } from "#scripts/free-port";
import { type Api, signInAsGuest } from "./api.ts";
import { test as base } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { doctor } from "./doctor.ts";
import { hasCountedTo, isEnd, readUntil } from "./frames.ts";
import { BARE, documented, startNginx } from "./nginx.ts";
import { countTo } from "./stored.ts";

/** Of those that come every 15 seconds: nginx waits for 60. */
const COMMENTS_OF_A_MINUTE = 5;
/** What gathers an answer until it is a page of memory, or at its end. */
const GATHERING = `proxy_ignore_headers X-Accel-Buffering; ${BARE}`;

type Behind = { bare: string; documented: string; gathering: string };

/** A line on which nothing is said until a test says something. */
type Silent = {
  api: Api;
  conversationId: string;
  line: Awaited<ReturnType<Api["events"]>>;
  /** Whether it was still open when nginx had waited for as long as it does. */
  outlived: Promise<boolean>;
};

/** One server, and nginx in front of it in three ways. */
const test = base.extend<object, { behind: Behind; silent: Silent; ports: number[] }>({
  ports: [
    async ({ browserName: _ }, use) => use(await Promise.all([0, 1, 2, 3].map(freePort))),
    { scope: "worker" },
  ],

  // Without `proxy_set_header Host` it is by the address of the settings that a page is known as our own.
  serverEnv: [
    async ({ ports: [own, bare] }, use) => use({ PORT: String(own), APP_URL: at(bare) }),
    { scope: "worker" },
  ],

  behind: [
    async ({ ports: [own = 0, bare = 0, asDocumented = 0, gathering = 0], server: _ }, use) => {
      const nginx = await startNginx(`http://127.0.0.1:${own}`, [
        { port: bare, text: BARE },
        { port: asDocumented, text: documented() },
        { port: gathering, text: GATHERING },
      ]);
      await use({
        bare: at(bare),
        documented: at(asDocumented),
        gathering: at(gathering),
      });
      await nginx.stop();
    },
    { scope: "worker" },
  ],

  silent: [
    async ({ behind }, use) => {
      const api = await signInAsGuest(behind.bare);
      const { id } = await api.create();
      const line = await api.events(id);
      const outlived = readUntil(line.frames, countOf("comment", COMMENTS_OF_A_MINUTE)).then(
        () => true,
        () => false,
      );
      await use({ api, conversationId: id, line, outlived });
      line.leave();
    },
    // It is silent while the other tests run.
    { scope: "worker", auto: true },
  ],
});

const at = (port = 0) => `http://localhost:${port}`;

test("behind an nginx that nobody configured words come one by one, and its user is told what holds words back", async ({
  behind,
}) => {
  const examined = Promise.all([behind.documented, behind.gathering].map((url) => doctor(url)));

  for (const url of [behind.bare, behind.documented]) {
    const api = await signInAsGuest(url);
    const conversationId = randomUUID();
    const { generationId } = await api.send(conversationId, "stall after 3");
    // An answer that has no end comes only where nothing waits for its end.
    const headers = { "accept-encoding": "gzip" };
    const reader = await api.events(conversationId, "", headers);
    expect(reader.headers.get("content-encoding")).toBeNull();
    const heard = await readUntil(reader.frames, hasCountedTo(3));
    await api.cancel(generationId);
    await readUntil(reader.frames, isEnd);
    const last = heard.at(-1);
    const again = await api.events(conversationId, "until=idle", {
      "last-event-id": last?.kind === "entry" ? last.id : "",
    });
    expect((await readUntil(again.frames, isEnd)).some(hasCountedTo(1))).toBe(false);
    // Pages are compressed by it all the same.
    const page = await fetch(`${url}/sign-in`, { headers });
    expect(page.headers.get("content-encoding")).toBe("gzip");
  }

  const [fine, gathered] = await examined;
  expect(fine).toMatchObject({ code: 0, text: expect.stringContaining("All is well.") });
  expect(gathered?.lines.filter(([mark]) => mark === "✗").map(([, name]) => name)).toEqual(
    expect.arrayContaining(["Word by word", "Silence"]),
  );
});

test("in a browser behind it a conversation is rejoined, and a file that nginx does not take says what to do", async ({
  behind,
  device,
}) => {
  const text = "a".repeat(1024 * 1024 + 1);
  const open = async (url: string) => {
    const laptop = await device({ of: await signInAsGuest(url), url, expects: /status of 413/ });
    const tab = await laptop.tab();
    await tab.open();
    const [chooser] = await Promise.all([
      tab.page.waitForEvent("filechooser"),
      tab.page.getByRole("button", { name: "Attach files" }).click(),
    ]);
    await chooser.setFiles([{ name: "large.txt", mimeType: "text/plain", buffer: Buffer.from(text) }]);
    return tab;
  };
  const bare = await open(behind.bare);
  await expect(files(bare).filter({ hasText: "client_max_body_size" })).toBeVisible();
  await bare.page.getByRole("button", { name: "Remove large.txt" }).click();
  await bare.send("count to 100, 20 ms apart");
  await expect(bare.answers).toContainText("1 2 3");
  await bare.page.reload();
  await expect(bare.answers).toContainText(countTo(100));

  const fine = await open(behind.documented);
  await fine.send("what does it say?");
  await expect(fine.answers).toContainText("large.txt");
});

test("a line on which nothing is said outlives the minute that nginx waits", async ({ silent }) => {
  const { api, conversationId, line, outlived } = silent;
  expect(await outlived).toBe(true);
  await api.send(conversationId, "count to 3");
  await readUntil(line.frames, isEnd);
});

const files = (tab: Tab) => tab.page.getByRole("list", { name: "Attached files" }).getByRole("listitem");

function countOf(kind: string, count: number): (frame: { kind: string }) => boolean {
  let left = count;
  return (frame) => {
    if (frame.kind === kind) left -= 1;
    return left === 0;
  };
}
