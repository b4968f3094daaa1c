import type { SendPromptBody, Sent } from "#lib/protocol/api";
import type { Api } from "./api.ts";
import { ProblemError } from "./ask.ts";
import { type InsistDeps, insist } from "./insist.ts";
import type { Outbox } from "./outbox.ts";

/** A prompt that was sent from this browser and that the log has not brought yet. */
export type PendingPrompt = SendPromptBody & {
  /**
   * `waiting`: the server could not be reached and is asked again. `accepted`: the answer is promised, and the
   * tab may be closed. `refused`: the server would not take it; it stays until the person decides.
   */
  state: "sending" | "waiting" | "accepted" | "refused";
  /** For the person: what stands in the way. */
  detail?: string;
  /** The refusal's code, for programs. */
  code?: string;
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

  function change(id: string, changes: Partial<PendingPrompt>) {
    prompts = prompts.map((prompt) => (prompt.id === id ? { ...prompt, ...changes } : prompt));
    deps.onChange();
  }

  function remove(id: string) {
    prompts = prompts.filter((prompt) => prompt.id !== id);
    leaving.get(id)?.abort();
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
      refuse(prompt, refusalOf(error));
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
    // Whoever signs in again finds the prompt sent. Every other refusal is of the prompt itself.
    if (refused.code !== "not-signed-in") {
      outbox.put({ kind: "prompt", id: prompt.id, prompt: bodyOf(prompt), refused });
    }
    change(prompt.id, { state: "refused", ...refused });
  }

  return {
    list: () => prompts,

    send(prompt: SendPromptBody) {
      outbox.put({ kind: "prompt", id: prompt.id, prompt });
      prompts = [...prompts, { ...prompt, state: "sending" }];
      deps.onChange();
      void deliverAll();
    },

    /** Takes up what an earlier page kept. Refused prompts stay refused. */
    load() {
      const known = new Set(prompts.map(({ id }) => id));
      const kept = outbox.load().flatMap((errand): PendingPrompt[] => {
        if (errand.kind !== "prompt" || known.has(errand.id)) return [];
        return [
          { ...errand.prompt, ...(errand.refused ?? {}), state: errand.refused ? "refused" : "sending" },
        ];
      });
      if (kept.length === 0) return;
      prompts = [...kept, ...prompts];
      deps.onChange();
      void deliverAll();
    },

    resend(id: string) {
      const prompt = prompts.find((prompt) => prompt.id === id && prompt.state === "refused");
      if (!prompt) return;
      outbox.put({ kind: "prompt", id, prompt: bodyOf(prompt) });
      change(id, { state: "sending", code: undefined, detail: undefined });
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
      for (const prompt of prompts.filter(isDue)) {
        leaving.get(prompt.id)?.abort();
        outbox.put({ kind: "prompt", id: prompt.id, prompt: bodyOf(prompt), refused });
      }
      prompts = prompts.map((prompt) =>
        isDue(prompt) ? { ...prompt, state: "refused", ...refused } : prompt,
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

type Refusal = { code: string; detail: string };

const isDue = ({ state }: PendingPrompt) => state === "sending" || state === "waiting";

function refusalOf(error: unknown): Refusal {
  if (error instanceof ProblemError) return { code: error.code, detail: error.detail };
  return { code: "internal", detail: "Something went wrong in this page. Your text is kept." };
}

function bodyOf({ id, parts, parentId, model }: PendingPrompt): SendPromptBody {
  return { id, parts, ...(parentId !== undefined && { parentId }), ...(model !== undefined && { model }) };
}
