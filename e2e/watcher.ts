import type { Snapshot } from "#lib/protocol/event";
import { type Api, createApi } from "./api.ts";
import { BrokenContract } from "./contract.ts";
import { isEntry } from "./frames.ts";
import { folded, nothing } from "./recording.ts";

/** Someone who looks at a conversation from its beginning and comes back by number, here or there, whatever breaks. */
export type Watcher = {
  /** What it knows now. */
  state(): Snapshot;
  /** Resolves once what it knows is as wanted. Rejects if the log ever had a gap or a double. */
  until(isSo: (state: Snapshot) => boolean): Promise<Snapshot>;
  leave(): Promise<void>;
};

/** @param urls the servers that it tries in turn */
export function watch({
  urls,
  cookie,
  conversationId,
}: {
  urls: string[];
  cookie: string;
  conversationId: string;
}): Watcher {
  let state = nothing(conversationId);
  let isLeaving = false;
  let hangUp = () => {};
  let failure: unknown;
  const looks = new Set<() => void>();

  async function follow(api: Api): Promise<void> {
    const line = await api.events(conversationId, `after=${state.sequence}`);
    hangUp = line.leave;
    for await (const frame of line.frames) {
      if (!isEntry(frame)) continue;
      state = folded(state, [frame]);
      for (const look of looks) look();
    }
  }

  async function stay(): Promise<void> {
    for (let turn = 0; !isLeaving; turn += 1) {
      const api = createApi({ url: urls[turn % urls.length] ?? "", cookie });
      // A line that breaks is what this is about; only what must never be on it is a failure.
      await follow(api).catch((error) => {
        if (error instanceof BrokenContract || (error as { code?: string }).code === "log-gap")
          failure = error;
      });
      await new Promise((resolve) => setImmediate(resolve));
      if (!failure) continue;
      for (const look of looks) look();
      return;
    }
  }

  const staying = stay();
  return {
    state: () => state,
    until: (isSo) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (failure) reject(failure);
          else if (isSo(state)) resolve(state);
          else return;
          looks.delete(look);
        };
        looks.add(look);
        look();
      }),
    async leave() {
      isLeaving = true;
      hangUp();
      await staying;
    },
  };
}

export const answerText = ({ messages }: Snapshot): string =>
  (messages.findLast(({ role }) => role === "assistant")?.parts ?? [])
    .map((part) => (part.type === "text" ? part.text : ""))
    .join("");

export const hasEnded = ({ generations }: Snapshot): boolean =>
  generations.length > 0 && generations.every(({ endedAt }) => endedAt !== undefined);
