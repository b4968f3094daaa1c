type Node = { tagName?: string; children?: Node[] };

/** What ends a paragraph wherever it begins. */
const BLOCK = /^(p|div|table|pre|blockquote|[uod]l|h[1-6]|hr|details|section)$/;

/**
 * Makes a plain box of each paragraph that holds a block, as may be left when elements were taken out from between.
 * Browsers read that otherwise than it is written, and React would draw the whole page anew.
 */
export function openParagraphs() {
  return (tree: Node): void => {
    open(tree);
  };
}

/** @returns whether it is or holds a block */
function open(node: Node): boolean {
  const holds = (node.children ?? []).map(open).includes(true);
  const isBlock = holds || BLOCK.test(node.tagName ?? "");
  if (holds && node.tagName === "p") node.tagName = "div";
  return isBlock;
}
