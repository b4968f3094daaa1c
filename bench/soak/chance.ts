/** A whole number from the first to the last, both included. */
export const between = (first: number, last: number): number =>
  first + Math.floor(Math.random() * (last - first + 1));

export const oneOf = <Thing>(things: readonly Thing[]): Thing => {
  const thing = things[between(0, things.length - 1)];
  if (thing === undefined) throw new Error("there is nothing to choose from");
  return thing;
};

export const shuffled = <Thing>(things: readonly Thing[]): Thing[] =>
  things
    .map((thing) => ({ thing, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ thing }) => thing);
