import { randomBytes } from "node:crypto";
import { shareTokenOf } from "#lib/protocol/share-token";

/** A new link, which nobody can guess. */
export const newShareToken = (): string => shareTokenOf((bytes) => randomBytes(bytes));
