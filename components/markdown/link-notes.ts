type Node = {
  type: string;
  value?: string;
  identifier?: string;
  url?: string;
  children?: Node[];
};

/** What a definition says that was put there for the parser: the number of the note, and whether it is told of here first. */
const STAND_IN = /^note (\d+)( first)?$/;
const CITED = /\[(\d{1,3})\]/g;

export const standIn = (label: string, number: number, isFirst: boolean): string =>
  `[^${label}]: note ${number}${isFirst ? " first" : ""}`;

/**
 * Makes links of what points to elsewhere in the answer: of notes, whose text stands at its end, and of numbers in
 * brackets, which may be those of sources. What they point to is known only where they are drawn.
 */
export function linkNotes() {
  return (tree: Node): void => {
    const told = new Map<string, string[]>();
    tree.children = tree.children?.filter((node) => {
      const [, number, first] = STAND_IN.exec(node.type === "footnoteDefinition" ? wordsOf(node) : "") ?? [];
      if (number === undefined) return true;
      told.set(node.identifier ?? "", [`#note-${number}${first ? "-first" : ""}`, `#note-${number}`]);
      return false;
    });
    link(tree, told);
  };
}

function link(node: Node, told: Map<string, string[]>): void {
  node.children = node.children?.flatMap((child) => {
    if (child.type === "footnoteReference") return [linkOfNote(child, told)];
    if (child.type === "text") return cited(child);
    if (!/^(link|linkReference|footnoteDefinition)$/.test(child.type)) link(child, told);
    return [child];
  });
}

function linkOfNote(reference: Node, told: Map<string, string[]>): Node {
  const places = told.get(reference.identifier ?? "");
  if (!places) return reference;
  const url = places.length > 1 ? places.shift() : places[0];
  return { type: "link", url, children: [{ type: "text", value: /\d+/.exec(url ?? "")?.[0] }] };
}

function cited({ value = "" }: Node): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const { 0: mark, 1: number, index } of value.matchAll(CITED)) {
    if (index > from) nodes.push({ type: "text", value: value.slice(from, index) });
    nodes.push({ type: "link", url: `#cited-${number}`, children: [{ type: "text", value: mark }] });
    from = index + mark.length;
  }
  if (from < value.length) nodes.push({ type: "text", value: value.slice(from) });
  return nodes;
}

function wordsOf({ value = "", children = [] }: Node): string {
  return value + children.map(wordsOf).join("");
}
