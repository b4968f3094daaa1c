import { EXPORT_TYPE } from "#lib/protocol/exported";
import { importChatgpt } from "#lib/protocol/import-chatgpt";
import type { Api } from "./api.ts";
import { ProblemError } from "./ask.ts";
import { browserWorld } from "./browser-world.ts";
import { browserClock } from "./clock.ts";
import { browserFrame, gather, type Schedule } from "./frame.ts";
import { type InsistDeps, insist } from "./insist.ts";
import { createListeners } from "./listeners.ts";
import { readExport } from "./read-export.ts";

/** A conversation that was not taken in, and why. */
export type NotImported = { title: string; why: string };

export type ImportView = {
  state: "idle" | "reading" | "ready" | "importing" | "done" | "cancelled" | "unreadable";
  fileName: string;
  /** How many conversations there are in the file, as far as it is read. */
  found: number;
  imported: number;
  /** That were here already. */
  known: number;
  /** The first of those that failed; `failedCount` counts them all. */
  failed: NotImported[];
  failedCount: number;
  /** Why the file cannot be read. */
  why?: string;
};

/** So many failures are told one by one. */
const FAILED_TOLD_MAX_COUNT = 50;

type ImportDeps = InsistDeps & { api: Pick<Api, "importConversation">; schedule: Schedule };
type Source = Pick<Blob, "stream" | "slice"> & { name: string };

const IDLE: ImportView = {
  state: "idle",
  fileName: "",
  found: 0,
  imported: 0,
  known: 0,
  failed: [],
  failedCount: 0,
};

/**
 * Takes in the conversations of a file, one after the other. It reads the file twice, first to say how many there are,
 * so that none but the one in hand is kept. What fails is told and passed over. Whatever ends it early, the same file
 * again goes on where it ended: what is here already is here once.
 */
export function createImport(deps: ImportDeps) {
  const listeners = createListeners();
  let view = IDLE;
  let file: Source | undefined;
  let work = new AbortController();
  const tellSoon = gather(deps.schedule, listeners.tell);

  function show(change: Partial<ImportView>) {
    view = { ...view, ...change };
    tellSoon();
  }

  /** Does what takes long, unless something else is begun meanwhile. */
  async function run(state: "reading" | "importing", act: (signal: AbortSignal) => Promise<void>) {
    work.abort();
    work = new AbortController();
    const { signal } = work;
    show({ state });
    try {
      await act(signal);
      if (!signal.aborted) show({ state: state === "reading" ? "ready" : "done" });
    } catch (error) {
      if (!signal.aborted) show({ state: "unreadable", why: whyOf(error) });
    }
  }

  async function take(text: string, signal: AbortSignal) {
    let title = "";
    try {
      const element: unknown = JSON.parse(text);
      title = titleOf(element);
      const body = isOurs(element) ? element : importChatgpt(element);
      const { isNew } = await insist(deps, (once) => deps.api.importConversation(body, once), { signal });
      show(isNew ? { imported: view.imported + 1 } : { known: view.known + 1 });
    } catch (error) {
      signal.throwIfAborted();
      // Who is not signed in any more can take in nothing else either.
      if (error instanceof ProblemError && error.code === "not-signed-in") throw error;
      const failed = [...view.failed, { title, why: whyOf(error) }].slice(0, FAILED_TOLD_MAX_COUNT);
      show({ failed, failedCount: view.failedCount + 1 });
    }
  }

  return {
    subscribe: listeners.subscribe,
    getView: () => view,

    /** Looks how many conversations there are in a file. */
    choose(chosen: Source): Promise<void> {
      file = chosen;
      view = { ...IDLE, fileName: chosen.name };
      return run("reading", async (signal) => {
        for await (const _ of readExport(deps, chosen, signal)) show({ found: view.found + 1 });
      });
    },

    start(): Promise<void> {
      const chosen = file;
      if (!chosen) return Promise.resolve();
      return run("importing", async (signal) => {
        for await (const text of readExport(deps, chosen, signal)) await take(text, signal);
      });
    },

    /** Ends it. What is taken in stays. */
    cancel() {
      work.abort();
      show({ state: view.state === "importing" ? "cancelled" : "idle" });
    },
  };
}

export type ImportStore = ReturnType<typeof createImport>;

const isOurs = (element: unknown): boolean => fieldOf(element, "type") === EXPORT_TYPE;

/** What a conversation is called, as far as that can be told of what may be none. */
function titleOf(element: unknown): string {
  const title = fieldOf(isOurs(element) ? fieldOf(element, "conversation") : element, "title");
  return typeof title === "string" ? title : "";
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function whyOf(error: unknown): string {
  if (error instanceof SyntaxError) return "It is no JSON.";
  return error instanceof Error ? error.message : String(error);
}

/** The one of the page that this code runs in. Nothing of the browser is touched before it is used. */
export const createBrowserImport = (api: ImportDeps["api"]): ImportStore =>
  createImport({
    api,
    clock: browserClock,
    random: Math.random,
    world: browserWorld,
    schedule: browserFrame,
  });
