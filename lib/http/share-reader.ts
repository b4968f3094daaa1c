import type { Asker } from "#lib/asker";

/** Whoever has a link. All that have the same one share what one account may have of lines, and take none of its owner's. */
export const readerOf = (shareToken: string): Asker => ({
  accountId: `share ${shareToken}`,
  by: { kind: "share", id: shareToken },
});
