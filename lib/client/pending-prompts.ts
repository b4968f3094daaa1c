import type { SendPromptBody, Sent } from "#lib/protocol/api";
import type { Api } from "./api.ts";
import { ProblemError } from "./ask.ts";
import { type InsistDeps, insist } from "./insist.ts";
import type { Outbox } from "./outbox.ts";
import { pause } from "./pause.ts";

/** A prompt that was sent from this browser and that the log has not brought yet. */
export type PendingPrompt = SendPromptBody & {
  /**
   * `waiting`: the server could not be reached and is asked again. `accepted`: the answer is promised, and the
   * tab may be closed. `limited`: it is one too many for now, and goes out by itself at `retryAtMs`. `refused`: the
   * server would not take it; it stays until the person decides.
   */
  state: "sending" | "waiting" | "accepted" | "limited" | "refused";
  /** For the person: what stands in the way. */
  detail?: string;
  /** The refusal's code, for programs. */
  code?: string;
  /** In milliseconds since 1970. */
  retryAtMs?: number;
};

type PendingPromptsDeps = InsistDeps & {
  api: Pick<Api, "sendPrompt">;
  conversationId: string;
  outbox: Outbox;
  onChange(): void;
  onAccepted(sent: Sent): void;
};

/**
 * The prompts on their way to the server, one after the other, so that they are asked in the order in which they
 * were written. None is lost: each is kept over a reload until it is accepted, seen in the log, or discarded.
 */
export function createPendingPrompts(deps: PendingPromptsDeps) {
  const { api, conversationId, outbox } = deps;
  let prompts: PendingPrompt[] = [];
  const leaving = new Map<string, AbortController>();
  let isDelivering = false;
  let holding = new AbortController();

  function change(id: string, changes: Partial<PendingPrompt>) {
    prompts = prompts.map((prompt) => (prompt.id === id ? { ...prompt, ...changes } : prompt));
    deps.onChange();
  }

  function remove(id: string) {
    prompts = prompts.filter((prompt) => prompt.id !== id);
    leaving.get(id)?.abort();
    if (!prompts.some(isLimited)) holding.abort();
  }

  async function deliverAll() {
    if (isDelivering) return;
    isDelivering = true;
    for (let due = firstDue(); due; due = firstDue()) await deliver(due);
    isDelivering = false;
  }

  const firstDue = () => prompts.find(isDue);

  async function deliver(prompt: PendingPrompt) {
    const { id } = prompt;
    const left = new AbortController();
    leaving.set(id, left);
    try {
      const sent = await insist(deps, (signal) => post(prompt, signal), {
        signal: left.signal,
        onWaiting: ({ message }) => change(id, { state: "waiting", detail: message }),
      });
      outbox.remove(id);
      change(id, { state: "accepted", detail: undefined });
      deps.onAccepted(sent);
    } catch (error) {
      if (left.signal.aborted) return;
      refuse(prompt, refusalOf(error, deps.clock.nowMs()));
    } finally {
      leaving.delete(id);
    }
  }

  function post(prompt: PendingPrompt, signal: AbortSignal): Promise<Sent> {
    // Another tab of this browser may hold the same prompt, and the person gave it up there.
    if (outbox.wasDiscarded(prompt.id)) {
      remove(prompt.id);
      deps.onChange();
      signal.throwIfAborted();
    }
    return api.sendPrompt(conversationId, bodyOf(prompt), signal);
  }

  function refuse(prompt: PendingPrompt, refused: Refusal) {
    if (refused.retryAtMs !== undefined) return limit({ ...refused, retryAtMs: refused.retryAtMs });
    // Whoever signs in again finds the prompt sent. Every other refusal is of the prompt itself.
    if (refused.code !== "not-signed-in") {
      outbox.put({ kind: "prompt", id: prompt.id, prompt: bodyOf(prompt), refused });
    }
    change(prompt.id, { state: "refused", ...refused });
  }

  /** What is one too many for now holds back all that come after it, or they would come before it. */
  function limit(refused: Limit) {
    prompts = prompts.map((prompt) => (isDue(prompt) ? { ...prompt, state: "limited", ...refused } : prompt));
    for (const prompt of prompts.filter(isLimited)) {
      outbox.put({ kind: "prompt", id: prompt.id, prompt: bodyOf(prompt), refused });
    }
    deps.onChange();
    void hold(refused.retryAtMs);
  }

  async function hold(untilMs: number) {
    holding.abort();
    holding = new AbortController();
    const { signal } = holding;
    // A device that slept through it finds out when somebody looks.
    while (deps.clock.nowMs() < untilMs && !signal.aborted) {
      await pause(deps, untilMs - deps.clock.nowMs(), signal);
    }
    if (!signal.aborted) release();
  }

  function release() {
    holding.abort();
    prompts = prompts.map((prompt) => (isLimited(prompt) ? { ...prompt, ...UNHINDERED } : prompt));
    deps.onChange();
    void deliverAll();
  }

  return {
    list: () => prompts,

    send(prompt: SendPromptBody) {
      const limit = prompts.findLast(isLimited);
      const refused = limit && limitOf(limit);
      outbox.put({ kind: "prompt", id: prompt.id, prompt, ...(refused && { refused }) });
      prompts = [...prompts, { ...prompt, ...(refused ? { ...refused, state: "limited" } : UNHINDERED) }];
      deps.onChange();
      void deliverAll();
    },

    /** Takes up what an earlier page kept. Refused prompts stay refused. */
    load() {
      const known = new Set(prompts.map(({ id }) => id));
      const kept = outbox.load().flatMap((errand): PendingPrompt[] => {
        if (errand.kind !== "prompt" || known.has(errand.id)) return [];
        const { prompt, refused } = errand;
        if (!refused) return [{ ...prompt, state: "sending" }];
        return [{ ...prompt, ...refused, state: refused.retryAtMs === undefined ? "refused" : "limited" }];
      });
      if (kept.length === 0) return;
      prompts = [...kept, ...prompts];
      deps.onChange();
      const limit = prompts.findLast(isLimited);
      if (limit) void hold(limitOf(limit).retryAtMs);
      void deliverAll();
    },

    /** Sends a refused prompt once more, and one that is held back without waiting any longer. */
    resend(id: string) {
      const prompt = prompts.find((prompt) => prompt.id === id);
      if (prompt?.state === "limited") return release();
      if (prompt?.state !== "refused") return;
      outbox.put({ kind: "prompt", id, prompt: bodyOf(prompt) });
      change(id, UNHINDERED);
      void deliverAll();
    },

    discard(id: string) {
      if (!prompts.some((prompt) => prompt.id === id)) return;
      outbox.discard(id);
      remove(id);
      deps.onChange();
    },

    /** Nothing more is sent: what has not been accepted is refused for this reason. Tells nobody. */
    giveUp(refused: Refusal) {
      holding.abort();
      for (const prompt of prompts.filter(isOnItsWay)) {
        leaving.get(prompt.id)?.abort();
        outbox.put({ kind: "prompt", id: prompt.id, prompt: bodyOf(prompt), refused });
      }
      prompts = prompts.map((prompt) =>
        isOnItsWay(prompt) ? { ...prompt, ...UNHINDERED, state: "refused", ...refused } : prompt,
      );
    },

    /** These messages are there: what was pending of them is pending no more. Tells nobody. */
    seen(messages: { id: string }[]) {
      for (const { id } of prompts.filter((prompt) => messages.some((message) => message.id === prompt.id))) {
        outbox.remove(id);
        remove(id);
      }
    },
  };
}

type Refusal = { code: string; detail: string; retryAtMs?: number };
type Limit = Refusal & { retryAtMs: number };

const UNHINDERED = { state: "sending", code: undefined, detail: undefined, retryAtMs: undefined } as const;

const isDue = ({ state }: PendingPrompt) => state === "sending" || state === "waiting";
const isLimited = ({ state }: PendingPrompt) => state === "limited";
const isOnItsWay = (prompt: PendingPrompt) => isDue(prompt) || isLimited(prompt);

const limitOf = ({ code = "", detail = "", retryAtMs = 0 }: PendingPrompt): Limit => ({
  code,
  detail,
  retryAtMs,
});

function refusalOf(error: unknown, nowMs: number): Refusal {
  if (error instanceof ProblemError) {
    const { code, detail, retryAfterMs } = error;
    if (code !== "rate-limited" || retryAfterMs === 0) return { code, detail };
    return { code, detail: withoutWhen(detail), retryAtMs: nowMs + retryAfterMs };
  }
  return { code: "internal", detail: "Something went wrong in this page. Your text is kept." };
}

/** When it is to be tried again was true when it was said. The time itself is told as it passes. */
const withoutWhen = (detail: string) => detail.replace(/ Try again [^.]*\.$/, "");

function bodyOf({ id, parts, parentId, model, temporary }: PendingPrompt): SendPromptBody {
  return {
    id,
    parts,
    ...(parentId !== undefined && { parentId }),
    ...(model !== undefined && { model }),
    ...(temporary && { temporary }),
  };
}
