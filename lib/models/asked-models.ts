import { strict as assert } from "node:assert";
import { z } from "zod";

/** How long an answer to "which models do you have" is believed. */
export const ASKED_MODELS_KEPT_MS = 5 * 60_000;
/** A server that did not answer is asked again after this. */
export const ASKED_MODELS_AGAIN_MS = 10_000;
const ANSWER_TIMEOUT_MS = 5_000;

assert(ANSWER_TIMEOUT_MS < ASKED_MODELS_AGAIN_MS && ASKED_MODELS_AGAIN_MS < ASKED_MODELS_KEPT_MS);

const answerSchema = z.object({ data: z.array(z.object({ id: z.string().min(1) })) });

type Server = { baseUrl: string; apiKey: string | undefined };
export type AskDeps = {
  fetch: typeof fetch;
  now: () => number;
  /** Told of a server that does not say which models it has. */
  warn: (baseUrl: string, cause: unknown) => void;
};

/**
 * Asks an OpenAI-compatible server for the names of its models, and keeps the answer for some minutes.
 * Never throws: when the server does not answer, the last names it gave still stand, and there may be none.
 */
export function createAskedModels(server: Server, deps: AskDeps): () => Promise<string[]> {
  let names: string[] = [];
  let askAgainAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  let isWarned = false;

  async function askServer(): Promise<void> {
    try {
      names = await ask(server, deps.fetch);
      askAgainAt = deps.now() + ASKED_MODELS_KEPT_MS;
      isWarned = false;
    } catch (cause) {
      askAgainAt = deps.now() + ASKED_MODELS_AGAIN_MS;
      if (!isWarned) deps.warn(server.baseUrl, cause);
      isWarned = true;
    }
  }

  return async () => {
    if (deps.now() >= askAgainAt) {
      asking ??= askServer().finally(() => {
        asking = undefined;
      });
      await asking;
    }
    return names;
  };
}

async function ask({ baseUrl, apiKey }: Server, fetchIt: typeof fetch): Promise<string[]> {
  const response = await fetchIt(`${baseUrl.replace(/\/+$/, "")}/models`, {
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`It answered with status ${response.status}.`);
  return answerSchema.parse(await response.json()).data.map((model) => model.id);
}
