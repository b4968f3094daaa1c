import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { freePort } from "#scripts/free-port";
import { signInAsGuest } from "./api.ts";
import { test as base } from "./browser-fixtures.ts";
import type { Tab } from "./devices.ts";
import { doctor } from "./doctor.ts";
import { hasCountedTo, isEnd, readUntil } from "./frames.ts";
import { BARE, documented, startNginx } from "./nginx.ts";
import { countTo } from "./stored.ts";

/** The shortest that a comment every 15 seconds outlives. */
const IMPATIENT = `proxy_read_timeout 16s; ${BARE}`;
/** What gathers an answer until it is a page of memory, or at its end. */
const GATHERING = `proxy_ignore_headers X-Accel-Buffering; ${BARE}`;

type Behind = { bare: string; documented: string; impatient: string; gathering: string };

/** One server, and nginx in front of it in four ways. */
const test = base.extend<object, { behind: Behind; ports: number[] }>({
  ports: [
    async ({ browserName: _ }, use) => use(await Promise.all([0, 1, 2, 3, 4].map(freePort))),
    { scope: "worker" },
  ],

  // Without `proxy_set_header Host` it is by the address of the settings that a page is known as our own.
  serverEnv: [
    async ({ ports: [own, bare] }, use) => use({ PORT: String(own), APP_URL: at(bare) }),
    { scope: "worker" },
  ],

  behind: [
    async (
      { ports: [own = 0, bare = 0, asDocumented = 0, impatient = 0, gathering = 0], server: _ },
      use,
    ) => {
      const nginx = await startNginx(`http://127.0.0.1:${own}`, [
        { port: bare, text: BARE },
        { port: asDocumented, text: documented() },
        { port: impatient, text: IMPATIENT },
        { port: gathering, text: GATHERING },
      ]);
      await use({
        bare: at(bare),
        documented: at(asDocumented),
        impatient: at(impatient),
        gathering: at(gathering),
      });
      await nginx.stop();
    },
    { scope: "worker" },
  ],
});

const at = (port = 0) => `http://localhost:${port}`;

test("behind an nginx that nobody configured words come one by one, and a silent line outlives its patience", async ({
  behind,
}) => {
  const idle = await signInAsGuest(behind.impatient);
  const quiet = await idle.create();
  const line = await idle.events(quiet.id);
  const silence = readUntil(line.frames, countOf("comment", 2));
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

  // Half a minute, in which nothing was said but that the server is there.
  await silence;
  await idle.send(quiet.id, "count to 3");
  await readUntil(line.frames, isEnd);
  line.leave();

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

const files = (tab: Tab) => tab.page.getByRole("list", { name: "Attached files" }).getByRole("listitem");

function countOf(kind: string, count: number): (frame: { kind: string }) => boolean {
  let left = count;
  return (frame) => {
    if (frame.kind === kind) left -= 1;
    return left === 0;
  };
}
