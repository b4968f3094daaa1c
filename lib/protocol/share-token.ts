import { z } from "zod";

/** What a link is made of: nobody guesses it, and it stands for nothing else. */
export const SHARE_TOKEN_BYTES = 32;

/** 32 bytes in base64url. What looks otherwise was never made here. */
export const shareTokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "must be the end of a link");

/** @param random that many bytes that nobody can guess */
export function shareTokenOf(random: (bytes: number) => Uint8Array): string {
  return btoa(String.fromCharCode(...random(SHARE_TOKEN_BYTES)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

export const sharedSchema = z.object({ shareToken: shareTokenSchema });
