import { memo, useEffect, useLayoutEffect, useRef } from "react";
import { MessageRow, type MessageRowProps } from "./message.tsx";

/** So many messages are drawn at a time. */
export const BATCH_SIZE = 10;
/** So near to what is seen a batch is drawn, whatever else is going on. */
const NEAR_PX = 1_500;

type MessageBatchProps = {
  number: number;
  /** Its messages; absent while they are not drawn, and then there is room for about as many. */
  rows: MessageRowProps[] | undefined;
  onNear: (batch: number) => void;
};

/** Some messages after another. */
export const MessageBatch = memo(({ number, rows, onNear }: MessageBatchProps) => {
  const place = useRef<HTMLDivElement>(null);
  const heightBefore = useRef<number>(undefined);
  const isDrawn = rows !== undefined;

  useEffect(() => {
    if (isDrawn || !place.current) return;
    heightBefore.current = place.current.offsetHeight;
    const root = place.current.closest("[data-scroller]");
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && onNear(number),
      { root, rootMargin: `${NEAR_PX}px 0px` },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [isDrawn, number, onNear]);

  useLayoutEffect(() => {
    if (isDrawn && place.current) keepPlace(place.current, heightBefore.current);
    heightBefore.current = undefined;
  }, [isDrawn]);

  return (
    <div ref={place} className={isDrawn ? "flex flex-col gap-3" : "h-[90rem]"}>
      {rows?.map((row) => (
        <MessageRow key={row.message.id} {...row} />
      ))}
    </div>
  );
}, isSame);

/** Where a browser does not do so itself, what is seen stays where it is when something above it gets another height. */
function keepPlace(element: HTMLElement, heightBefore: number | undefined): void {
  if (heightBefore === undefined || CSS.supports("overflow-anchor", "auto")) return;
  const scroller = element.closest("[data-scroller]");
  if (!scroller || element.getBoundingClientRect().top > scroller.getBoundingClientRect().top) return;
  scroller.scrollTop += element.offsetHeight - heightBefore;
}

/** Rows are made anew with each word that arrives, and are mostly the same. */
function isSame(before: MessageBatchProps, after: MessageBatchProps): boolean {
  if (before.number !== after.number || before.onNear !== after.onNear) return false;
  const { rows: one, rows: { length } = [] } = before;
  const other = after.rows;
  if (!one || !other) return one === other;
  return length === other.length && one.every((row, index) => isSameRow(row, other[index]));
}

function isSameRow(one: MessageRowProps, other: MessageRowProps | undefined): boolean {
  return (Object.keys(one) as (keyof MessageRowProps)[]).every((field) => one[field] === other?.[field]);
}
