/** A block of an answer, and what in it has to do with other blocks. */
export type Block = {
  /** What is set where the block stands: all but its definitions of notes. */
  text: string;
  /** The labels of the notes that it refers to, in order, each as often as it does. */
  notes: string[];
  /** The labels of the links that it may mean. */
  links: string[];
  definesNotes: { label: string; text: string }[];
  /** Lines that say where links of a label lead. They show nothing where they stand. */
  definesLinks: { label: string; line: string }[];
};

const CODE =
  /^ {0,3}(`{3,}|~{3,})[^\n]*(?:\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))|$)|(`+)[^`][\s\S]*?\2(?!`)/gm;
const NOTE = /\[\^([^\]\s]{1,200})\](?!:)/g;
const NOTE_DEFINED = /^ {0,3}\[\^([^\]\s]{1,200})\]:[ \t]*/m;
const LINK = /\[([^[\]^][^[\]]{0,200})\](?![(:])/g;
const LINK_DEFINED = /^ {0,3}\[([^[\]^][^[\]]{0,200})\]:[ \t]*\S[^\n]*$/gm;

export const labelOf = (written: string): string => written.trim().replace(/\s+/g, " ").toLowerCase();

/** Finds out what a block refers to and defines. What stands in code is code. */
export function readBlock(source: string): Block {
  const prose = source.replace(CODE, (code) => " ".repeat(code.length));
  const at = prose.search(NOTE_DEFINED);
  const text = at < 0 ? source : source.slice(0, at);
  const definesNotes = at < 0 ? [] : readNotes(source.slice(at));
  const told = [prose.slice(0, text.length), ...definesNotes.map((note) => note.text)].join("\n");
  return {
    text,
    notes: at === 0 ? [] : labels(prose.slice(0, text.length), NOTE),
    links: labels(told, LINK),
    definesNotes,
    definesLinks: Array.from(prose.matchAll(LINK_DEFINED), ([line, label = ""]) => ({
      label: labelOf(label),
      line: line.trim(),
    })),
  };
}

const labels = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, label = ""]) => labelOf(label));

/** Notes one below the other, each up to the next. What belongs to one is set in by four. */
function readNotes(text: string): Block["definesNotes"] {
  return text.split(/^(?= {0,3}\[\^[^\]\s]{1,200}\]:)/m).map((note) => ({
    label: labelOf(NOTE_DEFINED.exec(note)?.[1] ?? ""),
    text: note
      .replace(NOTE_DEFINED, "")
      .replace(/^(?: {4}|\t)/gm, "")
      .trim(),
  }));
}
