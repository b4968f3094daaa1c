import type { z } from "zod";
import { type Problem, problemSchema } from "#lib/protocol/api";
import type { Clock } from "./clock.ts";

/** A question is given up after this long, and later the more it carries: a slow line is not a dead one. */
export const ANSWER_PATIENCE_MS = 15_000;
const SLOW_LINE_BYTES_PER_MS = 50;
/** Of 64 KiB that a browser lets outlive its pages; a letter may have three bytes. */
const OUTLIVES_MAX_LENGTH = 20_000;

export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

/**
 * The server could not be heard: no network, a proxy that speaks in its place, a server that restarts.
 * It says nothing about the question, which may be asked again under the same id.
 */
export class Disconnected extends Error {
  readonly code = "disconnected";
  /** The pause that was asked for, or 0. */
  readonly retryAfterMs: number;

  constructor(message: string, options: ErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, options);
    this.name = "Disconnected";
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

/** The server has answered, and the answer is no. `detail` is a sentence for the person. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: string;
  /** The pause that was asked for, or 0. */
  readonly retryAfterMs: number;

  constructor({ code, status, detail }: Pick<Problem, "code" | "status" | "detail">, retryAfterMs = 0) {
    super(detail);
    this.name = "ProblemError";
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.retryAfterMs = retryAfterMs;
  }
}

type Question<Answer> = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  /** What the answer must be; without one it is not read. */
  answer?: z.ZodType<Answer>;
  signal?: AbortSignal | undefined;
  /** Also goes out when the page is closed right after. A browser lets only little go like this. */
  outlivesPage?: boolean | undefined;
};

/** Asks once. Throws `ProblemError` for a refusal and `Disconnected` for everything that is no answer. */
export async function ask<Answer = undefined>(
  deps: { fetch: Fetch; clock: Clock },
  address: string,
  question: Question<Answer> = {},
): Promise<Answer> {
  return (await askFully(deps, address, question)).answer;
}

/** The same, for whom it matters by which of its successes the server answered. */
export async function askFully<Answer = undefined>(
  deps: { fetch: Fetch; clock: Clock },
  address: string,
  { method = "GET", body, answer, signal, outlivesPage = false }: Question<Answer>,
): Promise<{ status: number; answer: Answer }> {
  const over = new AbortController();
  const giveUp = () => over.abort();
  const text = body === undefined ? undefined : JSON.stringify(body);
  const forget = deps.clock.after(ANSWER_PATIENCE_MS + (text?.length ?? 0) / SLOW_LINE_BYTES_PER_MS, giveUp);
  if (signal?.aborted) giveUp();
  signal?.addEventListener("abort", giveUp);
  const request: RequestInit = {
    method,
    cache: "no-store",
    redirect: "manual",
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    body: text ?? null,
    keepalive: outlivesPage && (text?.length ?? 0) < OUTLIVES_MAX_LENGTH,
    signal: over.signal,
  };
  try {
    return await answered(() => deps.fetch(address, request), answer);
  } finally {
    forget();
    signal?.removeEventListener("abort", giveUp);
  }
}

/** What came of a request, however it was sent. Throws as `ask` does. */
export async function answered<Answer = undefined>(
  send: () => Promise<Response>,
  schema?: z.ZodType<Answer>,
): Promise<{ status: number; answer: Answer }> {
  try {
    const response = await send();
    const { status } = response;
    if (isOfTheNetwork(response, "application/json"))
      throw new Disconnected("A page of the network answered");
    if (!response.ok) throw await failureOf(response);
    return { status, answer: schema ? schema.parse(await response.json()) : (undefined as Answer) };
  } catch (error) {
    if (error instanceof ProblemError || error instanceof Disconnected) throw error;
    // Every browser words a lost connection differently, and one of them as a mere `TypeError: Load failed`.
    throw new Disconnected("The server could not be reached", { cause: error });
  }
}

/**
 * Whether something on the way answered in the server's place, as networks do that want a sign-in or a tick first: it
 * sends elsewhere, says so with its own status, or takes the request for a page's and shows another page.
 */
export function isOfTheNetwork(response: Response, expected: string): boolean {
  const isSentElsewhere =
    response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
  if (isSentElsewhere || response.status === 511) return true;
  if (!response.ok || response.status === 204) return false;
  return !response.headers.get("content-type")?.includes(expected);
}

/** What an answer that is not a success means. Reads its body, and throws if that breaks off. */
export async function failureOf(response: Response): Promise<ProblemError | Disconnected> {
  const { status } = response;
  const retryAfterMs = retryAfter(response);
  const problem = await problemIn(response);
  if (status >= 500)
    return new Disconnected(problem?.detail ?? `The server answered ${status}`, { retryAfterMs });
  if (problem) return new ProblemError(problem, retryAfterMs);
  // Not our server's words. A proxy says these while the server behind it restarts or is busy.
  if (PASSING.has(status)) return new Disconnected(`A proxy answered ${status}`, { retryAfterMs });
  return new ProblemError({
    code: "refused",
    status,
    detail: REFUSED[status] ?? `This was refused on the way (${status}).`,
  });
}

/** What can be done about a refusal that somebody between us and the server said, in words of their own. */
const REFUSED: Record<number, string> = {
  413: "A proxy in front of the server takes no more than this (413). Send less, or have it take more: in nginx, client_max_body_size 16m;",
};

const PASSING = new Set([404, 407, 408, 421, 425, 429]);

async function problemIn(response: Response): Promise<Problem | undefined> {
  if (!response.headers.get("content-type")?.includes("application/problem+json")) {
    await response.body?.cancel();
    return undefined;
  }
  return problemSchema.safeParse(await response.json()).data;
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  return seconds > 0 ? seconds * 1_000 : 0;
}
