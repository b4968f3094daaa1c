import { IMAGE_TYPES, type StoredFile, TEXT_TYPE } from "#lib/protocol/file";
import { named } from "./file-name.ts";

const KEPT_SECONDS = 365 * 24 * 60 * 60;

/**
 * A file that somebody attached. Only a picture is ever shown as itself; everything else is saved. What it may do, if
 * it is opened all the same, `next.config.ts` says: nothing. Its bytes never change, but who may have them does.
 */
export function fileAnswer({ name, mediaType, bytes }: StoredFile & { bytes: Uint8Array }): Response {
  const isPicture = IMAGE_TYPES.some((type) => type === mediaType);
  return new Response(Uint8Array.from(bytes), {
    headers: {
      "content-type": mediaType === TEXT_TYPE ? `${TEXT_TYPE}; charset=utf-8` : mediaType,
      "content-disposition": `${isPicture ? "inline" : "attachment"}; ${named(name)}`,
      "cache-control": `private, max-age=${KEPT_SECONDS}, immutable, no-transform`,
      vary: "cookie, authorization",
    },
  });
}
