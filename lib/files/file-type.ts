import { type FileType, PDF_TYPE, TEXT_TYPE } from "#lib/protocol/file";

/** How far into a file a PDF may begin, as its readers take it. */
const PDF_LEAD_BYTES = 1024;

/** What a file is, by what is in it and by nothing that is said of it; undefined for what is not taken. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
  return imageTypeOf(bytes) ?? (isPdf(bytes) ? PDF_TYPE : isText(bytes) ? TEXT_TYPE : undefined);
}

function imageTypeOf(bytes: Uint8Array): FileType | undefined {
  const letters = latin(bytes.subarray(0, 64));
  if (letters.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (letters.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(letters)) return "image/gif";
  if (/^RIFF[\s\S]{4}WEBP/.test(letters)) return "image/webp";
  // The brands of the family that AVIF is of, the major one first.
  if (letters.slice(4, 8) === "ftyp" && /avi[fs]/.test(letters.slice(8))) return "image/avif";
  return undefined;
}

const isPdf = (bytes: Uint8Array) => latin(bytes.subarray(0, PDF_LEAD_BYTES)).includes("%PDF-");

/** UTF-8 from the first byte to the last. A NUL is valid in it and in no text. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false; // Not text, then.
  }
}

const latin = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
