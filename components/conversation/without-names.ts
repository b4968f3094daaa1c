type Node = { properties?: Record<string, unknown>; children?: Node[] };

/** What the footnotes of markdown are called; the only names in an answer that anything points to. */
const FOOTNOTE = /^user-content-fn/;

/**
 * Takes the names from elements of an answer. A name that a model chose could shadow one of ours,
 * and labels and the skip link would lead astray.
 */
export function withoutNames() {
  return (tree: Node): void => strip(tree);
}

function strip({ properties, children }: Node): void {
  if (properties && !FOOTNOTE.test(String(properties.id))) delete properties.id;
  if (properties) delete properties.name;
  for (const child of children ?? []) strip(child);
}
