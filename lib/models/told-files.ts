import type { Input } from "#lib/protocol/api";
import type { Part } from "#lib/protocol/event";
import { type FilePart, fileIdIn, isFile, PDF_TYPE, sizeInWords, TEXT_TYPE } from "#lib/protocol/file";

/** What a model may be given beside words. */
export type Attached = {
  /** What it takes; absent: whatever there is. */
  inputs?: readonly Input[] | undefined;
  /** Gives a file that is kept here, or nothing if it is no more. */
  readFile?: ((id: string) => Promise<Kept | undefined>) | undefined;
};

type Kept = { name: string; mediaType: string; size: number; bytes: Uint8Array };

/** No provider takes this kind of picture. */
const UNTAKEN_PICTURE = /^image\/avif$/i;

/** A part as the model is told it. Where it cannot take a file, it is told of it, and the rest is answered. */
export async function tellFile(part: Part, attached: Attached): Promise<Part> {
  if (!isFile(part)) return part;
  const id = fileIdIn(part.url);
  if (id !== undefined) return tellKept(part, id, attached);
  const text = isText(part.mediaType) ? textIn(part.url) : undefined;
  if (text !== undefined) return readOut(part.filename, text);
  // Whether a model can fetch an address is for its provider to say.
  if (!/^data:/i.test(part.url)) return part;
  const lacks = lackOf(part.mediaType, attached.inputs);
  return lacks === undefined ? part : note(nameWith(part.filename, part.mediaType), lacks);
}

async function tellKept(part: FilePart, id: string, { inputs, readFile }: Attached): Promise<Part> {
  const kept = await readFile?.(id);
  if (!kept) return note(part.filename ?? "A file", "is not kept any more");
  const { name, mediaType, bytes, size } = kept;
  if (mediaType === TEXT_TYPE) return readOut(name, Buffer.from(bytes).toString("utf8"));
  const lacks = lackOf(mediaType, inputs);
  if (lacks !== undefined) return note(nameWith(name, mediaType, size), lacks);
  const url = `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`;
  return { type: "file", mediaType, filename: name, url };
}

/** What a model cannot do that it would have to; undefined if there is no such thing. */
function lackOf(mediaType: string, inputs: Attached["inputs"]): string | undefined {
  if (inputs === undefined) return undefined;
  const isPicture = /^image\//i.test(mediaType);
  if (isPicture && UNTAKEN_PICTURE.test(mediaType)) return "this model cannot see pictures of this kind";
  if (isPicture) return inputs.includes("image") ? undefined : "this model cannot see pictures";
  if (mediaType === PDF_TYPE) return inputs.includes("pdf") ? undefined : "this model cannot read PDFs";
  return undefined;
}

const nameWith = (name: string | undefined, mediaType: string, size?: number) =>
  `${name ?? "A file"} (${[mediaType, ...(size === undefined ? [] : [sizeInWords(size)])].join(", ")})`;

const note = (what: string, why: string): Part => ({
  type: "text",
  text: `[${what} was attached, and ${why}]`,
});

/** A text file becomes text: every model reads that, and hardly any takes every kind of file. */
const readOut = (name: string | undefined, text: string): Part => ({
  type: "text",
  text: `<file name=${JSON.stringify(name ?? "file")}>\n${text}\n</file>`,
});

function isText(mediaType: string): boolean {
  return /^(text\/|application\/(json|xml|yaml|x-ndjson)\b)/i.test(mediaType);
}

function textIn(url: string): string | undefined {
  const comma = url.indexOf(",");
  if (!url.startsWith("data:") || comma === -1) return undefined;
  const data = url.slice(comma + 1);
  if (url.slice(0, comma).endsWith(";base64")) return Buffer.from(data, "base64").toString("utf8");
  try {
    return decodeURIComponent(data);
  } catch {
    return data; // A stray % is no reason to lose the file.
  }
}
