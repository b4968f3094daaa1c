import { useState } from "react";
import { compose, type Note, type Shared, share } from "./compose.ts";
import { hasOpenFence } from "./fence.ts";
import { type Block, readBlock } from "./read-block.ts";
import { createSplitter } from "./split-blocks.ts";

/** So many blocks are drawn, or passed over, as one. */
export const GROUP_SIZE = 24;

export type Blocks = {
  /** The texts of all blocks, as they are given to the parser. A group that did not change keeps its identity. */
  groups: string[][];
  /** Whether the last block ends in code that is not closed. */
  open: boolean;
  /** The notes at the end; the same ones keep their identity too. */
  told: Note[];
};

/** A text as blocks. What is finished is read once, however long the text grows behind it. */
export function useBlocks(text: string, writing: boolean): Blocks {
  const [read] = useState(createReader);
  return read(text, writing);
}

/** A block as it was read and composed, and what that stood on. */
type Read = { source: string; block: Block; text: string; isTail: boolean; shared: Shared };

export function createReader(): (text: string, writing: boolean) => Blocks {
  const split = createSplitter();
  let known: Read[] = [];
  let shared: Shared | undefined;
  let result: Blocks = { groups: [], open: false, told: [] };

  return (text, writing) => {
    const blocks = split(text).map((source, index) => {
      const before = known[index];
      return { source, block: before?.source === source ? before.block : readBlock(source) };
    });
    const now = share(
      blocks.map(({ block }) => block),
      writing,
    );
    const all = shared && isSame(shared, now.shared) ? shared : now.shared;
    known = blocks.map(({ source, block }, index): Read => {
      const isTail = writing && index === blocks.length - 1;
      const before = known[index];
      const isKnown = before?.block === block && before.isTail === isTail;
      if (before && isKnown && (isAlone(block) || before.shared === all)) return before;
      return { source, block, isTail, shared: all, text: compose(block, index, all, isTail) };
    });
    shared = all;
    result = {
      groups: regroup(
        known.map((read) => read.text),
        result.groups,
      ),
      open: writing && hasOpenFence(known.at(-1)?.block.text ?? ""),
      told: areSameNotes(result.told, now.told) ? result.told : now.told,
    };
    return result;
  };
}

const isAlone = ({ notes, links }: Block): boolean => notes.length === 0 && links.length === 0;

function regroup(texts: string[], before: string[][]): string[][] {
  return Array.from({ length: Math.ceil(texts.length / GROUP_SIZE) }, (_, index) => {
    const group = texts.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE);
    const known = before[index];
    return known?.length === group.length && known.every((text, at) => text === group[at]) ? known : group;
  });
}

const areSameNotes = (one: Note[], other: Note[]): boolean =>
  one.length === other.length &&
  one.every(({ label, number, text }, index) => {
    const note = other[index];
    return label === note?.label && number === note.number && text === note.text;
  });

const isSame = (one: Shared, other: Shared): boolean =>
  one.writing === other.writing &&
  areSame(one.notes, other.notes) &&
  areSame(one.firsts, other.firsts) &&
  areSame(one.links, other.links);

function areSame<Value>(one: ReadonlyMap<string, Value>, other: ReadonlyMap<string, Value>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
