import { z } from "zod";
import type { Part } from "./event.ts";
import { idSchema } from "./ids.ts";

/** What can be attached. Whatever is text is plain text here: nobody reads it as anything else. */
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"] as const;
export const PDF_TYPE = "application/pdf";
export const TEXT_TYPE = "text/plain";
export const FILE_TYPES = [...IMAGE_TYPES, PDF_TYPE, TEXT_TYPE] as const;
export type FileType = (typeof FILE_TYPES)[number];

export const FILE_NAME_MAX_LENGTH = 200;

/** The address of a kept file, as a part of a prompt names it. */
const ADDRESS = /^\/api\/files\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const addressOfFile = (id: string) => `/api/files/${id}`;

/** The id of the file at an address, if it is one that is kept here. */
export const fileIdIn = (url: string): string | undefined => ADDRESS.exec(url)?.[1];

export const storedFileSchema = z.object({
  id: idSchema,
  name: z.string(),
  mediaType: z.enum(FILE_TYPES),
  /** In bytes. */
  size: z.int(),
  url: z.string(),
});
export type StoredFile = z.infer<typeof storedFileSchema>;

export const keptFileSchema = z.object({ file: storedFileSchema });

/** A file in a message. Who attaches one says how large it is, for those who see its name. */
export type FilePart = Extract<Part, { type: "file" }> & { size?: number };

export const isFile = (part: Part): part is FilePart => part.type === "file";

/** A kept file as a part of a prompt. */
export const partOf = ({ name, mediaType, size, url }: StoredFile): FilePart => ({
  type: "file",
  mediaType,
  filename: name,
  url,
  size,
});

const UNITS = ["KB", "MB", "GB"];

/** A number of bytes for people. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  let [size, unit] = [bytes / 1024, 0];
  while (size >= 1023.5 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size < 9.95 ? size.toFixed(1).replace(/\.0$/, "") : Math.round(size)} ${UNITS[unit]}`;
}
