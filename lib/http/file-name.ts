const NAME_MAX_LENGTH = 80;
/** What some system forbids in names, and what moves elsewhere or hides. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\:*?"<>|]+/gu;

/** That an answer is to be saved, under a name that comes from a title, as RFC 6266 and RFC 8187 have it. */
export function savedAs(title: string, extension: string): Record<string, string> {
  const name = `${safeName(title)}.${extension}`;
  const plain = name.replace(/[^ -~]/g, "_").replace(/[%']/g, "_");
  return { "content-disposition": `attachment; filename="${plain}"; ${named(name)}` };
}

/** A file's name as RFC 8187 has it, whatever is in it. */
export function named(name: string): string {
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `filename*=UTF-8''${encoded}`;
}

function safeName(title: string): string {
  const words = title.toWellFormed().replace(UNSAFE, " ").replace(/\s+/g, " ").trim();
  const short = words
    .slice(0, NAME_MAX_LENGTH)
    .toWellFormed()
    .replace(/^[. ]+|[. \ufffd]+$/g, "");
  return short === "" ? "conversation" : short;
}
