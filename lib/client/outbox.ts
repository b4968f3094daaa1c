import { z } from "zod";
import { sendPromptBody } from "#lib/protocol/api";
import { idSchema } from "#lib/protocol/ids";
import type { Shelf } from "./shelf.ts";

/** What a person asked for and the server has not yet acknowledged. It is safe to deliver twice. */
const errandSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("prompt"),
    /** The message's id. */
    id: idSchema,
    prompt: sendPromptBody,
    /** Why the server would not take it. A refused prompt waits for the person. */
    refused: z
      .object({
        code: z.string(),
        detail: z.string(),
        /** When it is sent again by itself, in milliseconds since 1970. */
        retryAtMs: z.number().optional(),
      })
      .optional(),
  }),
  z.object({
    kind: z.literal("cancel"),
    /** The generation's id. */
    id: idSchema,
  }),
]);
export type Errand = z.output<typeof errandSchema>;

export type PromptErrand = Extract<Errand, { kind: "prompt" }>;

export type Outbox = ReturnType<typeof createOutbox>;

/**
 * The errands of one conversation, kept over a reload. Each has a name of its own on the shelf, so two tabs
 * that write at once cannot lose each other's.
 */
export function createOutbox(shelf: Shelf, conversationId: string) {
  const nameOf = (id: string) => `${PREFIX}${conversationId}.${id}`;

  return {
    put: (errand: Errand) => void shelf.write(nameOf(errand.id), JSON.stringify(errand)),

    remove: (id: string) => shelf.remove(nameOf(id)),

    /** Leaves a mark, so that another tab which holds the same errand does not deliver it after all. */
    discard: (id: string) => void shelf.write(nameOf(id), DISCARDED),

    /** An errand that is merely gone was delivered elsewhere, or the storage was emptied: that is no reason to drop it. */
    wasDiscarded: (id: string): boolean => shelf.read(nameOf(id)) === DISCARDED,

    /** All that is kept, oldest first (ids of version 7 sort by birth). Marks have had their day and go. */
    load(): Errand[] {
      const names = shelf.names().filter((name) => name.startsWith(nameOf("")));
      return names.sort().flatMap((name) => {
        const text = shelf.read(name);
        if (text === DISCARDED) shelf.remove(name);
        return parse(text) ?? [];
      });
    },
  };
}

/** The conversations for which something waits. */
export function conversationsWithErrands(shelf: Shelf): string[] {
  const names = shelf.names().filter((name) => name.startsWith(PREFIX) && shelf.read(name) !== DISCARDED);
  return [...new Set(names.flatMap((name) => name.slice(PREFIX.length).split(".")[0] ?? []))];
}

const PREFIX = "outbox.";
const DISCARDED = "";

/** Another version of this page may have written it. What cannot be understood is left where it is. */
function parse(text: string | undefined): Errand | undefined {
  try {
    return text ? errandSchema.safeParse(JSON.parse(text)).data : undefined;
  } catch {
    return undefined;
  }
}
