import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Page,
} from "@playwright/test";

export type DeviceOptions = BrowserContextOptions & {
  url: string;
  /** Makes it a device of the account whose cookie this is; with an empty one it is nobody's yet. */
  cookie: string;
  /** Errors that the test brings about on purpose. Every other one fails it. */
  expects?: RegExp;
};

/** What a browser says of itself whenever a request does not get through. */
export const NETWORK_ERRORS = /^Failed to load resource: net::/;

export type Device = {
  context: BrowserContext;
  /** What went wrong on its pages. */
  complaints: string[];
  /** Opens one more tab. */
  tab(): Promise<Tab>;
  leave(): Promise<void>;
};

/** A browser of its own, signed in to an account. */
export async function openDevice(browser: Browser, options: DeviceOptions): Promise<Device> {
  const { url, cookie, expects, ...settings } = options;
  const context = await browser.newContext(settings);
  const pairs = cookie.split("; ").filter(Boolean);
  await context.addCookies(
    pairs.map((pair) => {
      const [name = "", value = ""] = pair.split("=");
      return { name, value, url };
    }),
  );
  const complaints: string[] = [];
  const complain = (what: string) => {
    if (!expects?.test(what)) complaints.push(what);
  };
  context.on("console", (message) => message.type() === "error" && complain(message.text()));
  context.on("weberror", (error) => complain(String(error.error().stack)));
  return {
    context,
    complaints,
    tab: async () => createTab(await context.newPage(), url),
    leave: () => context.close(),
  };
}

/** An answer's words. What was thought before them lies deeper. */
const WORDS = '[aria-label="Answer"] > div > .answer';

/** Of each page, one after the other: the wordings of the newest answer, in the order in which they were shown. */
export type Watched = string[][];

export type Tab = ReturnType<typeof createTab>;

function createTab(page: Page, url: string) {
  const answers = page.getByRole("article", { name: "Answer" });
  const composer = page.getByRole("textbox", { name: "Message", exact: true });
  const line = page.locator("main").getByRole("status");
  // The page takes the focus to the composer as soon as its script listens to keys.
  const isReady = () => expect(composer).toBeFocused();

  return {
    page,
    answers,
    composer,
    prompts: page.getByRole("article", { name: "You" }),
    stop: page.getByRole("button", { name: "Stop", exact: true }),
    /** What the messages scroll in. */
    scroller: page.locator("main .overflow-y-auto").filter({ has: answers }),
    /** What is said of the line to the server. */
    line,
    sidebar: page.getByRole("navigation", { name: "Conversations" }),
    /** A conversation in the sidebar. */
    row: (title: string | RegExp) => page.getByRole("listitem").filter({ hasText: title }),

    /**
     * Takes its device off the network, until the page says so. Once in many hundred times a page did not, and why is not
     * known: it may be that what it asks for at that very moment still gets through. A second try is told.
     */
    async goOffline() {
      let tries = 0;
      await expect(async () => {
        if (++tries > 1) console.info(`  ${page.url()} was taken off the network, try ${tries}`);
        await page.context().setOffline(false);
        await page.context().setOffline(true);
        await expect(line).toContainText("Offline", { timeout: 4_000 });
      }).toPass();
    },

    /** Goes to an address, whatever is there. */
    visit: (path: string) => page.goto(url + path),

    /** Opens a conversation, or a new one, and has it ready for whoever writes. */
    async open(conversationId?: string) {
      await page.goto(url + (conversationId ? `/conversations/${conversationId}` : "/"));
      await isReady();
    },

    async reload() {
      await page.reload();
      await isReady();
    },

    async send(text: string) {
      await composer.fill(text);
      await composer.press("Enter");
    },

    /** Waits until the newest answer has a word. */
    reads: (word: string | number) =>
      answers
        .last()
        .getByText(new RegExp(`\\b${word}\\b`))
        .waitFor(),

    /** Who said what, from first to last, as it is shown. */
    transcript: () => page.getByRole("article").evaluateAll(readTranscript),

    /** The newest answer, as it is shown now. */
    words: async () => (await page.locator(WORDS).last().textContent()) ?? "",

    /** Writes down every wording of the newest answer that is ever shown. */
    watch: () => watchWords(page),

    /** The conversation that is open, as soon as it has an address. */
    async conversationId(): Promise<string> {
      await page.waitForURL("**/conversations/*");
      return page.url().split("/").at(-1) ?? "";
    },

    /** Brings another tab to the front, or this one back. The browsers of tests show all their tabs at once. */
    hide: () => page.evaluate(setVisibility, "hidden"),
    show: () => page.evaluate(setVisibility, "visible"),

    close: () => page.close(),
  };
}

// Runs in the page.
function setVisibility(state: string): void {
  Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}

// Runs in the page.
function readTranscript(articles: Element[]): string[] {
  return articles.map((article) => {
    const who = article.getAttribute("aria-label");
    const words = article.querySelectorAll(
      who === "You" ? "p.whitespace-pre-wrap" : ":scope > div > .answer",
    );
    return `${who}: ${Array.from(words, ({ textContent }) => textContent).join("\n\n")}`;
  });
}

async function watchWords(page: Page): Promise<Watched> {
  const watched: Watched = [];
  await page.exposeFunction("tellWords", (words: string, isFirst: boolean) => {
    if (isFirst) watched.push([]);
    watched.at(-1)?.push(words);
  });
  await page.addInitScript((wordsOfAnswers) => {
    const { tellWords } = window as unknown as { tellWords(words: string, isFirst: boolean): void };
    let last: string | undefined;
    const look = () => {
      // While the page is still being read, more of what the server wrote is on its way.
      const words = document.querySelectorAll(wordsOfAnswers);
      const newest = words.item(words.length - 1)?.textContent;
      if (document.readyState === "loading" || !newest || newest === last) return;
      tellWords(newest, last === undefined);
      last = newest;
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    document.addEventListener("DOMContentLoaded", look);
  }, WORDS);
  return watched;
}

/**
 * On each page every wording begins the next and the end: none lost a word, said one twice, or began in the middle.
 *
 * @param rewrites how often a page may begin the same words anew, because another server took over
 */
export function expectOnlyGrew(watched: Watched, end: string, rewrites = 0): void {
  expect(watched.at(-1)?.at(-1)).toBe(end);
  for (const [page, wordings] of watched.entries()) {
    let left = rewrites;
    for (const [index, words] of wordings.entries()) {
      const next = wordings[index + 1] ?? end;
      if (next.length < words.length && words.startsWith(next) && left-- > 0) continue;
      expect(next.slice(0, words.length), `wording ${index + 2} on page ${page + 1}`).toBe(words);
    }
  }
}
