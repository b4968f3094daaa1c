import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useState } from "react";

/** Up to here all lines are on the page, where the browser's own search finds them. */
const ALL_MAX = 300;
const ROW_REM = 2.25;
const ROW_COARSE_REM = 2.75;
const NAME_REM = 2.75;
const OVERSCAN = 12;

export type Window = {
  /** The lines that are drawn. */
  from: number;
  to: number;
  /** What stands for the others, in pixels. */
  before: number;
  after: number;
};

/**
 * Which lines of a long list are drawn: those in sight and a few around them. `isName` says of each line what it is.
 * The first view and a short list are drawn as they are: the server, which draws it too, knows no sizes.
 */
export function useWindow(scroller: RefObject<HTMLElement | null>, isName: boolean[]): Window {
  const count = isName.length;
  const isLong = count > ALL_MAX;
  const sizes = useSizes();
  const sizeOf = useCallback((index: number) => (isName[index] ? sizes.name : sizes.row), [isName, sizes]);
  // Where each line stands is reckoned anew when this is another function.
  const keyOf = useCallback((index: number) => `${index} ${sizeOf(index)}`, [sizeOf]);
  const virtualizer = useVirtualizer({
    count,
    enabled: isLong,
    getScrollElement: () => scroller.current,
    estimateSize: sizeOf,
    getItemKey: keyOf,
    overscan: OVERSCAN,
  });

  const items = isLong ? virtualizer.getVirtualItems() : [];
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return { from: 0, to: Math.min(count, ALL_MAX), before: 0, after: 0 };
  const after = virtualizer.getTotalSize() - last.end;
  return { from: first.index, to: last.index + 1, before: first.start, after };
}

/** What a line measures, in pixels; a person may want larger letters. */
function useSizes() {
  const [sizes, setSizes] = useState({ row: ROW_REM * 16, name: NAME_REM * 16 });
  useEffect(() => {
    const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    const row = matchMedia("(pointer: coarse)").matches ? ROW_COARSE_REM : ROW_REM;
    setSizes({ row: row * rem, name: NAME_REM * rem });
  }, []);
  return sizes;
}
