/** As many from the first on as stay within the limits. One that is too large is taken if it is the first. */
export function firstThatFit<Item>(
  items: Item[],
  bytesOf: (item: Item) => number,
  { maxBytes, maxItems = Number.POSITIVE_INFINITY }: { maxBytes: number; maxItems?: number },
): Item[] {
  let bytes = 0;
  const end = items.findIndex((item, index) => {
    bytes += bytesOf(item);
    return index > 0 && (index >= maxItems || bytes > maxBytes);
  });
  return end === -1 ? items : items.slice(0, end);
}
