import { tool } from "ai";
import { z } from "zod";
import { apart } from "../apart.ts";
import { getPage, type Page, type WebDeps } from "./get-page.ts";
import { GET_MAX_MS, MARKDOWN_MAX_LENGTH, READ_MAX_MS } from "./limits.ts";
import type { Markdown } from "./page-to-markdown.ts";

const URL_MAX_LENGTH = 2_000;

type Progress = { progress: string };
type Read = { url: string; title: string; markdown: string };

/** Reads a page of the hosts that the settings name, and tells what it says as markdown. */
export function createWebReader(deps: WebDeps) {
  const readWebPage = tool({
    description: `Reads a web page and returns it as markdown. Only pages of these hosts: ${deps.hosts.join(", ")}.`,
    inputSchema: z.object({
      url: z.string().max(URL_MAX_LENGTH).describe("The page's https or http address"),
    }),
    async *execute({ url }, { abortSignal }): AsyncGenerator<Progress | Read> {
      const signal = abortSignal ?? new AbortController().signal;
      const inTime = AbortSignal.any([signal, AbortSignal.timeout(GET_MAX_MS)]);
      try {
        for await (const step of getPage(deps, url, inTime)) {
          if ("asking" in step) {
            yield { progress: `Asking ${step.asking}…` };
            continue;
          }
          yield { progress: "Reading…" };
          yield toldOf(step.page, await textOf(step.page, signal));
        }
      } catch (error) {
        if (inTime.aborted && !signal.aborted) {
          throw new Error(`The page took longer than ${GET_MAX_MS / 1_000} seconds.`, { cause: error });
        }
        throw error;
      }
    },
  });
  return { ...readWebPage, sideEffects: false };
}

async function textOf({ url, mediaType, text }: Page, signal: AbortSignal): Promise<Markdown> {
  if (/^(text\/html|application\/xhtml\+xml)$/.test(mediaType)) {
    const limits = { maxMs: READ_MAX_MS, signal, tooMuch: "The page is too much to read." };
    return apart("web/markdown.worker.ts", { html: text, url }, limits);
  }
  if (/^text\/|^application\/([\w.+-]+\+)?json$|[/+]xml$/.test(mediaType))
    return { title: "", markdown: text };
  throw new Error(`${url} is ${mediaType}, and only pages and texts can be read.`);
}

function toldOf({ url }: Page, { title, markdown }: Markdown): Read {
  const isLong = markdown.length > MARKDOWN_MAX_LENGTH;
  return {
    url,
    title,
    markdown: isLong ? `${markdown.slice(0, MARKDOWN_MAX_LENGTH)}\n\n[cut here]` : markdown,
  };
}
