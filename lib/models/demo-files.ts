import { sizeInWords } from "#lib/protocol/file";

/** As `told-files.ts` puts files into words. */
const READ_OUT = /^<file name=("(?:[^"\\]|\\.)*")>\n([\s\S]*)\n<\/file>$/;
const NOTE = /^\[(.+) \(([^()]+)\) was attached, and [^\]]+\]$/;

/** What the demo model was given, if this text is a file or the note of one; undefined for what a person typed. */
export function fileIn(text: string): string | undefined {
  const readOut = READ_OUT.exec(text);
  if (readOut) {
    const [, name = "", inside = ""] = readOut;
    return `${JSON.parse(name)} (text, ${sizeInWords(Buffer.byteLength(inside))})`;
  }
  const note = NOTE.exec(text);
  return note ? `${note[1]} (${note[2]})` : undefined;
}

/** What the demo model says to a prompt that tells it nothing and comes with files. */
export function sayFiles(files: string[]): string {
  const list = files.map((file) => `- ${file}`).join("\n");
  return `I was given ${files.length === 1 ? "a file" : `${files.length} files`}:\n\n${list}\n\nI am the demo model, so I only know their names.`;
}
