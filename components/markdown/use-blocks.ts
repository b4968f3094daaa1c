import { useState } from "react";
import { type Note, type Shared, share } from "./compose.ts";
import { type Block, readBlock } from "./read-block.ts";
import { createSplitter } from "./split-blocks.ts";

/** So many blocks are drawn, or passed over, as one. */
export const GROUP_SIZE = 24;

export type Blocks = {
  /** All blocks in order. A group that did not change keeps its identity. */
  groups: Block[][];
  count: number;
  shared: Shared;
  told: Note[];
};

/** A text as blocks. What is finished is read once, however long the text grows behind it. */
export function useBlocks(text: string, writing: boolean): Blocks {
  const [read] = useState(createReader);
  return read(text, writing);
}

export function createReader(): (text: string, writing: boolean) => Blocks {
  const split = createSplitter();
  let sources: string[] = [];
  let blocks: Block[] = [];
  let groups: Block[][] = [];
  let shared: Shared | undefined;

  return (text, writing) => {
    const before = sources;
    sources = split(text);
    blocks = sources.map((source, index) => {
      const known = blocks[index];
      return known && before[index] === source ? known : readBlock(source);
    });
    groups = regroup(blocks, groups);
    const now = share(blocks, writing);
    if (!shared || !isSame(shared, now.shared)) shared = now.shared;
    return { groups, count: blocks.length, shared, told: now.told };
  };
}

function regroup(blocks: Block[], before: Block[][]): Block[][] {
  return Array.from({ length: Math.ceil(blocks.length / GROUP_SIZE) }, (_, index) => {
    const group = blocks.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE);
    const known = before[index];
    return known?.length === group.length && known.every((block, at) => block === group[at]) ? known : group;
  });
}

const isSame = (one: Shared, other: Shared): boolean =>
  one.writing === other.writing &&
  areSame(one.notes, other.notes) &&
  areSame(one.firsts, other.firsts) &&
  areSame(one.links, other.links);

function areSame<Value>(one: ReadonlyMap<string, Value>, other: ReadonlyMap<string, Value>): boolean {
  return one.size === other.size && [...one].every(([key, value]) => other.get(key) === value);
}
