import type { ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "@playwright/test";
import { type FakeProvider, startFakeProvider } from "#lib/models/fake-provider";
import type { Part } from "#lib/protocol/event";
import { signInAsGuest } from "./api.ts";
import { test as base } from "./browser-fixtures.ts";
import { watchBusy } from "./busy.ts";
import { databaseFixture } from "./database-fixture.ts";
import { writeConversation } from "./long-conversation.ts";
import { inWords, record } from "./recorder.ts";
import { type StartedDatabase, startServer } from "./servers.ts";

const DESKTOP = { width: 1280, height: 800 };
const LETTERS = 100_000;
const PIECE_LENGTH = 220;
const PIECE_MS = 12;
const MESSAGES = 2_000;

const test = base.extend<object, { provider: FakeProvider; database: StartedDatabase }>({
  provider: [
    async ({ browserName: _ }, use) => {
      const provider = await startFakeProvider();
      await use(provider);
      await provider.stop();
    },
    { scope: "worker" },
  ],
  database: databaseFixture,
  server: [
    async ({ provider, database }, use) => {
      const env = { OPENAI_COMPATIBLE_BASE_URL: provider.url, OPENAI_COMPATIBLE_MODELS: "long" };
      const server = await startServer({
        databaseUrl: database.url,
        env: { ...env, DEFAULT_MODEL: "openai-compatible/long" },
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

test("an answer of a hundred thousand letters comes as it is written, and it is told how smoothly", async ({
  device,
  provider,
}) => {
  const { page, open, send, stop, answers, scroller } = await (await device({ viewport: DESKTOP })).tab();
  const recorder = await record(page);
  const text = richText(LETTERS);
  provider.answer((response) => void write(response, text));
  await open();
  await recorder.forget();
  const busyMs = await watchBusy(page);
  await send("everything");
  await page.waitForFunction(endsWith, "The end", { timeout: 60_000 });
  const recorded = await recorder.read();
  tell(
    `writing ${text.length} letters: ${inWords(recorded)}; by itself busy for ${Math.round(await busyMs())} ms at most`,
  );
  await expect(stop).toBeHidden();
  expect(recorded.frames).toBeGreaterThan(0);
  await expect(answers.getByRole("heading", { name: /^Part \d+$/ })).toHaveCount(
    text.match(/## Part/g)?.length ?? 0,
  );
  await expect(answers.getByRole("table")).toHaveCount(text.match(/\| one \|/g)?.length ?? 0);
  await expect.poll(() => scroller.evaluate(pixelsToEnd)).toBeLessThan(2);

  await recorder.forget();
  await page.reload();
  await expect(answers.getByRole("heading", { name: "The end" })).toBeVisible();
  tell(`opening it again: ${inWords(await recorder.read())}`);
});

test("a conversation of two thousand messages opens with the newest, and each is a scroll, a search or a link away", async ({
  device,
  server,
  database,
}) => {
  const someone = await signInAsGuest(server.url);
  const messages = Array.from({ length: MESSAGES }, (_, index): Part[] => [
    { type: "text", text: index % 2 === 0 ? `question ${index}` : answerOf(index) },
    ...(index === MESSAGES - 1 ? SOURCES : []),
  ]);
  const { id, messageIds } = await writeConversation(database.url, someone.accountId, messages);
  const { page, visit, answers, scroller, composer } = await (
    await device({ of: someone, viewport: DESKTOP })
  ).tab();
  const recorder = await record(page);
  await visit(`/conversations/${id}`);
  await expect(answers.getByText(`the end of ${MESSAGES - 1}`)).toBeVisible();
  const shownMs = await page.evaluate(() => performance.now());
  const drawn = await page.getByRole("article").count();
  await expect(composer).toBeFocused();
  tell(
    `opening ${MESSAGES} messages: the newest was shown within ${Math.round(shownMs)} ms, ${drawn} drawn by then`,
  );
  expect(await scroller.evaluate(pixelsToEnd)).toBeLessThan(2);

  await test.step("citing what it drew on", async () => {
    const cited = answers.last().getByRole("link", { name: "Source 2: The second" });
    await expect(cited).toHaveAttribute("href", "https://two.example/page");
    await expect(cited).toHaveAttribute("title", "The second — two.example");
    await expect(answers.last()).toContainText("not [9]");
    await expect(answers.last().getByRole("list", { name: "Sources" }).getByRole("listitem")).toHaveCount(2);
  });

  await test.step("going up, and staying while the others come", async () => {
    await answers.last().hover();
    await page.mouse.wheel(0, -3_000);
    await expect(page.getByRole("button", { name: "Jump to the end" })).toBeVisible();
    const seen = await page.evaluateHandle(firstInSight);
    const before = await seen.evaluate(topOf);
    await expect.poll(() => page.getByRole("article").count()).toBeGreaterThan(drawn + 200);
    expect(Math.abs((await seen.evaluate(topOf)) - before)).toBeLessThan(2);
    tell(`drawing others while idle: ${inWords(await recorder.read())}`);
    const order = await page.getByRole("article").evaluateAll((all) => all.map((article) => article.id));
    expect(order).toEqual(messageIds.map((message) => `message-${message}`).slice(-order.length));
  });

  await test.step("following a link to one", async () => {
    for (const [from, index] of [
      [`/conversations/${id}`, 301],
      ["here", 1_501],
    ] as const) {
      const hash = `#message-${messageIds[index]}`;
      if (from === "here") await page.evaluate((to) => location.assign(to), hash);
      else {
        await visit("/sign-in");
        await visit(from + hash);
      }
      const wanted = page.locator(`article${hash}`);
      await expect(wanted).toBeInViewport();
      await expect(wanted).toHaveAttribute("data-marked", "");
      await expect(wanted).not.toHaveAttribute("data-marked", "");
      await expect(wanted).toBeInViewport();
    }
  });
});

function tell(what: string): void {
  test.info().annotations.push({ type: "measured", description: what });
  console.info(`  ${what}`);
}

async function write(response: ServerResponse, text: string): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream" });
  const say = (delta: object, finish_reason?: string) =>
    response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason }] })}\n\n`);
  for (let at = 0; at < text.length; at += PIECE_LENGTH) {
    say({ content: text.slice(at, at + PIECE_LENGTH) });
    await pause(PIECE_MS);
  }
  say({}, "stop");
  response.end("data: [DONE]\n\n");
}

/** Some of everything, again and again. */
function richText(length: number): string {
  let text = "";
  for (let part = 1; text.length < length; part++) text += partOf(part);
  return `${text}\n## The end\n`;
}

const partOf = (number: number) => `
## Part ${number}

What **this** part says about *${number}* is in [a link](https://here.example/${number}), in \`code\`, and in a note[^${number}]. ${"It goes on for some time, as answers do. ".repeat(6)}

1. The first of them, with $x_${number}^2 + \\frac{1}{${number}}$ in it
2. The second, at $${number} or so
   - [x] done
   - [ ] to do

\`\`\`ts
export async function part${number}(text: string): Promise<number> {
  // As long as it is.
  return text.length + ${number};
}
\`\`\`

| one | two |
| --- | ---: |
| ${number} | ${number * 2} |
| ${number + 1} | **more** |

$$
\\sum_{i=1}^{${number}} i = \\frac{${number}(${number} + 1)}{2}
$$

> Said by somebody, ${number} times.

[^${number}]: The note of part ${number}.
`;

const SOURCES: Part[] = [
  { type: "source-url", sourceId: "a", url: "https://one.example/", title: "The first" },
  { type: "source-url", sourceId: "b", url: "https://two.example/page", title: "The second" },
];

const answerOf = (number: number) =>
  `An **answer** to it, as told [1][2], not [9], with a list:\n\n- one\n- two\n\n\`\`\`js\nconst a = ${number};\n\`\`\`\n\nthe end of ${number}`;

// Runs in the page, in each frame, where a locator would ask for the style of all that is there and be what takes long.
function endsWith(heading: string): boolean {
  const headings = document.getElementsByTagName("h2");
  return headings[headings.length - 1]?.textContent === heading;
}

// Runs in the page.
function pixelsToEnd({ scrollHeight, clientHeight, scrollTop }: Element): number {
  return scrollHeight - clientHeight - scrollTop;
}

// Runs in the page.
function firstInSight(): Element {
  const inSight = [...document.querySelectorAll("article")].find(
    (article) => article.getBoundingClientRect().top > 150,
  );
  if (!inSight) throw new Error("no message is in sight");
  return inSight;
}

// Runs in the page.
function topOf(element: Element): number {
  return element.getBoundingClientRect().top;
}
