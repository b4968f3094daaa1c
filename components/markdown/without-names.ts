type Node = { properties?: Record<string, unknown>; children?: Node[] };

/**
 * Takes the names from elements of an answer. A name that a model chose could shadow one of ours,
 * and labels and the skip link would lead astray. Those of its notes are given when they are drawn.
 */
export function withoutNames() {
  return (tree: Node): void => strip(tree);
}

function strip({ properties, children }: Node): void {
  if (properties) {
    delete properties.id;
    delete properties.name;
  }
  for (const child of children ?? []) strip(child);
}
