import { standIn } from "./link-notes.ts";
import type { Block } from "./read-block.ts";

/** What the blocks of an answer have to know of each other. */
export type Shared = {
  /** The number of each note, by its label. */
  notes: ReadonlyMap<string, number>;
  /** Which block refers to a note first, by the note's label. */
  firsts: ReadonlyMap<string, number>;
  /** Where links lead that are named by a label. */
  links: ReadonlyMap<string, string>;
  writing: boolean;
};

/** No address that anybody can be led to. */
const UNKNOWN = "streamdown:incomplete-link";

/** A note whose text is at the end of the answer. */
export type Note = { label: string; number: number; text: string };

/** Numbers the notes in the order in which they are referred to, and gathers what any block defines. */
export function share(blocks: readonly Block[], writing: boolean): { shared: Shared; told: Note[] } {
  const texts = new Map<string, string>();
  const links = new Map<string, string>();
  for (const { definesNotes, definesLinks } of blocks) {
    for (const { label, text } of definesNotes) if (!texts.has(label)) texts.set(label, text);
    for (const { label, line } of definesLinks) if (!links.has(label)) links.set(label, line);
  }
  const notes = new Map<string, number>();
  const firsts = new Map<string, number>();
  for (const [index, block] of blocks.entries()) {
    for (const label of block.notes) {
      // While the answer is written, its notes are yet to come.
      if (firsts.has(label) || !(writing || texts.has(label))) continue;
      firsts.set(label, index);
      notes.set(label, notes.size + 1);
    }
  }
  const told = [...notes].flatMap(([label, number]) => {
    const text = texts.get(label);
    return text === undefined ? [] : [{ label, number, text }];
  });
  return { shared: { notes, firsts, links, writing }, told };
}

/** A block as it is given to the parser, with what it takes from others: so it can be read without them. */
export function compose(
  { text, ...block }: Block,
  index: number,
  { notes, firsts, links, writing }: Shared,
): string {
  const added = new Set<string>();
  for (const label of block.notes) {
    const number = notes.get(label);
    if (number) added.add(standIn(label, number, firsts.get(label) === index));
  }
  for (const label of block.links) {
    const line = links.get(label);
    if (line) added.add(line);
    // Where it leads comes later. Until then it is only its words.
    else if (writing && text.toLowerCase().includes(`][${label}]`)) added.add(`[${label}]: ${UNKNOWN}`);
  }
  return added.size === 0 ? text : `${text}\n\n${[...added].join("\n")}`;
}
