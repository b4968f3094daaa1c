import { headers } from "next/headers";
import { loadShare } from "#lib/conversations/load-share";
import { env } from "#lib/env";
import { hasCode } from "#lib/errors";
import type { Snapshot } from "#lib/protocol/event";
import { shareTokenSchema } from "#lib/protocol/share-token";
import { server } from "#lib/server";
import { keepAwake } from "./keep-awake.ts";

/** What the page of a link begins with, whoever looks; undefined where it leads nowhere. */
export async function loadSharePage(given: string): Promise<
  | {
      shareToken: string;
      snapshot: Snapshot;
      /** The sites whose images are shown without asking. */
      imageOrigins: string[];
      renderedAtMs: number;
    }
  | undefined
> {
  await headers(); // First: with it the page is drawn when it is asked for, and not when it is built.
  const shareToken = shareTokenSchema.safeParse(given).data;
  if (!shareToken) return undefined;
  keepAwake();
  try {
    const snapshot = await loadShare(server().database, shareToken);
    return { shareToken, snapshot, imageOrigins: env().IMAGE_ORIGINS, renderedAtMs: Date.now() };
  } catch (error) {
    if (hasCode(error, "not-found")) return undefined;
    throw error;
  }
}
