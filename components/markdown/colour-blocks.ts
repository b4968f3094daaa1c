import type { Coloured, ToColour } from "./coloured-line.ts";
import type { LineReader, loadReader, ReadLine } from "./highlighter.ts";

type Block = { language: string; code: string; lines: ReadLine[]; isBusy: boolean };

/** So often what is coloured so far is told, and what was asked since is heard. */
const SLICE_MS = 50;

/**
 * Colours blocks of code that grow. Each goes on from the lines that are as they were, and it is always the newest text that
 * is coloured.
 *
 * @param load finds what reads a language
 * @param tell gets what is new of a block
 */
export function createColourer(load: typeof loadReader, tell: (coloured: Coloured) => void) {
  const blocks = new Map<number, Block>();

  function begin(id: number, language: string): Block {
    if (blocks.has(id)) tell({ block: id, from: 0, lines: [] });
    const block = { language, code: "", lines: [], isBusy: false };
    blocks.set(id, block);
    return block;
  }

  /** @returns whether there is more to do */
  function colourSome(id: number, block: Block, read: LineReader): boolean {
    const texts = block.code.split("\n");
    const from = sameLines(block.lines, texts);
    const lines = block.lines.slice(0, from);
    const until = performance.now() + SLICE_MS;
    do lines.push(read(texts[lines.length] ?? "", lines.at(-1)));
    while (lines.length < texts.length && performance.now() < until);
    block.lines = lines;
    tell({ block: id, from, lines: lines.slice(from).map(({ text, pieces }) => ({ text, pieces })) });
    return lines.length < texts.length;
  }

  return async function take({ block: id, code, language = "" }: ToColour): Promise<void> {
    if (code === undefined) return void blocks.delete(id);
    const known = blocks.get(id);
    const block = known?.language === language ? known : begin(id, language);
    block.code = code;
    if (block.isBusy) return;
    block.isBusy = true;
    // What cannot be loaded is asked for again when more of the block comes. Until then it is plain.
    const read = await load(language).catch(() => undefined);
    while (read && blocks.get(id) === block && colourSome(id, block, read)) await pause();
    block.isBusy = false;
  };
}

function sameLines(lines: ReadLine[], texts: string[]): number {
  const first = lines.findIndex(({ text }, index) => text !== texts[index]);
  return first < 0 ? lines.length : first;
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve));
