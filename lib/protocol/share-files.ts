import type { Chunk, Part } from "./event.ts";
import { fileIdIn } from "./file.ts";

/** Where a file is found by whoever looks, by its id. */
export type Address = (fileId: string) => string;

export const sharedFiles =
  (shareToken: string): Address =>
  (fileId) =>
    `/api/shares/${shareToken}/files/${fileId}`;

/** Whether it is a file of this server, as whoever has a link finds it. */
export const isSharedFile = (url: string): boolean =>
  /^\/api\/shares\/[\w-]{43}\/files\/[0-9a-f-]{36}$/.test(url);

/** The id of the file that a part shows, if it is one that is kept here. */
export const fileOf = (part: Part | Chunk): string | undefined =>
  part.type === "file" ? fileIdIn(part.url) : undefined;

/** The same parts or chunks, their files where whoever looks finds them. */
export function withAddresses<Thing extends Part | Chunk>(things: Thing[], address: Address): Thing[] {
  return things.map((thing) => {
    const fileId = fileOf(thing);
    return fileId === undefined ? thing : { ...thing, url: address(fileId) };
  });
}
