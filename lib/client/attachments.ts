import { z } from "zod";
import { type StoredFile, storedFileSchema } from "#lib/protocol/file";
import { ProblemError } from "./ask.ts";
import type { Begun } from "./begun.ts";
import { type InsistDeps, insist } from "./insist.ts";
import type { KeepFile } from "./keep-file.ts";
import { createListeners } from "./listeners.ts";
import type { Shelf } from "./shelf.ts";

/** More than a message can be read with. */
export const ATTACHMENTS_MAX_COUNT = 20;

/** A file in a composer. */
export type Attachment = {
  id: string;
  name: string;
  /** As its device calls it, and then as the server knows it. */
  mediaType: string;
  size: number;
  /** `waiting`: the server could not be reached and is asked again. `failed`: it waits for the person. */
  state: "uploading" | "waiting" | "kept" | "failed";
  /** From 0 to 1. */
  progress: number;
  /** Why it is not kept, for the person. */
  detail?: string;
  /** Where it can be seen: here, before the server has it. */
  preview?: string;
  /** Once it is kept. */
  file?: StoredFile;
};

/** Makes of a file what is to be kept of it: a photo, as large as anybody looks at it. */
export type Prepare = (file: File) => Promise<{ name: string; blob: Blob }>;

type AttachmentsDeps = InsistDeps & {
  shelf: Shelf;
  begun: Begun;
  keepFile: KeepFile;
  prepare: Prepare;
  newId: () => string;
};

/** The files in the composers, by conversation. What the server has of them survives a reload. */
export function createAttachments(deps: AttachmentsDeps) {
  const { shelf, begun } = deps;
  const listeners = createListeners();
  const lists = new Map<string, Attachment[]>();
  const sources = new Map<string, { file: File; over: AbortController }>();
  const nameOf = (id: string) => `files.${begun.nameOf(id)}`;

  function list(conversationId: string): Attachment[] {
    const known = lists.get(conversationId) ?? parse(shelf.read(nameOf(conversationId))).map(kept);
    lists.set(conversationId, known);
    return known;
  }

  function set(conversationId: string, attachments: Attachment[]) {
    lists.set(conversationId, attachments);
    keep(conversationId);
    listeners.tell();
  }

  function keep(conversationId: string) {
    const files = list(conversationId).flatMap(({ file }) => file ?? []);
    if (files.length === 0) shelf.remove(nameOf(conversationId));
    else shelf.write(nameOf(conversationId), JSON.stringify(files));
  }

  function change(conversationId: string, id: string, changes: Partial<Attachment>) {
    set(
      conversationId,
      list(conversationId).map((one) => (one.id === id ? { ...one, ...changes } : one)),
    );
  }

  async function upload(conversationId: string, id: string, source: File) {
    const over = new AbortController();
    sources.set(id, { file: source, over });
    const tell = (changes: Partial<Attachment>) => {
      if (!over.signal.aborted) change(conversationId, id, changes);
    };
    tell({ state: "uploading", progress: 0, detail: undefined });
    try {
      const { name, blob } = await deps.prepare(source);
      tell({ name, size: blob.size, mediaType: blob.type });
      const onProgress = (progress: number) => tell({ state: "uploading", progress, detail: undefined });
      const file = await insist(deps, (signal) => deps.keepFile({ id, name, blob }, { signal, onProgress }), {
        signal: over.signal,
        onWaiting: ({ message }) => tell({ state: "waiting", detail: message }),
      });
      tell({ ...kept(file) });
    } catch (error) {
      if (over.signal.aborted) return;
      tell({ state: "failed", detail: error instanceof ProblemError ? error.detail : UNREADABLE });
    }
  }

  function letGo({ id, preview }: Attachment) {
    sources.get(id)?.over.abort();
    sources.delete(id);
    if (preview !== undefined) URL.revokeObjectURL(preview);
  }

  return {
    subscribe: listeners.subscribe,
    list,
    keep,

    add(conversationId: string, files: readonly File[]) {
      for (const file of files) {
        const id = deps.newId();
        const isTooMany = list(conversationId).length >= ATTACHMENTS_MAX_COUNT;
        const isPicture = file.type.startsWith("image/");
        const attachment: Attachment = {
          id,
          name: file.name,
          mediaType: file.type,
          size: file.size,
          state: isTooMany ? "failed" : "uploading",
          progress: 0,
          ...(isTooMany && { detail: TOO_MANY }),
          ...(isPicture && { preview: URL.createObjectURL(file) }),
        };
        set(conversationId, [...list(conversationId), attachment]);
        if (isTooMany) sources.set(id, { file, over: new AbortController() });
        else void upload(conversationId, id, file);
      }
    },

    retry(conversationId: string, id: string) {
      const source = sources.get(id);
      const others = list(conversationId).filter((one) => one.id !== id && one.state !== "failed");
      if (!source || others.length >= ATTACHMENTS_MAX_COUNT) return;
      source.over.abort();
      void upload(conversationId, id, source.file);
    },

    remove(conversationId: string, id: string) {
      const removed = list(conversationId).find((one) => one.id === id);
      if (removed) letGo(removed);
      set(
        conversationId,
        list(conversationId).filter((one) => one.id !== id),
      );
    },

    /** They were sent. */
    clear(conversationId: string) {
      for (const attachment of list(conversationId)) letGo(attachment);
      set(conversationId, []);
    },

    /** Waits until nothing is on its way any more. Says whether all are kept that are still there. */
    async settled(conversationId: string): Promise<boolean> {
      while (list(conversationId).some(isOnItsWay)) {
        await new Promise<void>((resolve) => {
          const unsubscribe = listeners.subscribe(() => {
            unsubscribe();
            resolve();
          });
        });
      }
      return list(conversationId).every(({ state }) => state === "kept");
    },

    /** Takes them off the shelf, and leaves them in the composer. */
    putAway(conversationId: string) {
      list(conversationId);
      shelf.remove(nameOf(conversationId));
    },
  };
}

export const isOnItsWay = ({ state }: Attachment) => state === "uploading" || state === "waiting";

const kept = (file: StoredFile): Attachment => {
  const { id, name, mediaType, size } = file;
  return { id, name, mediaType, size, state: "kept", progress: 1, file };
};

const UNREADABLE = "This file could not be read.";
const TOO_MANY = `A prompt may have ${ATTACHMENTS_MAX_COUNT} files. Send this one with the next.`;

/** Another version of this page may have written it. */
function parse(text: string | undefined): StoredFile[] {
  try {
    return text ? (z.array(storedFileSchema).safeParse(JSON.parse(text)).data ?? []) : [];
  } catch {
    return [];
  }
}
