import { useEffect, useEffectEvent } from "react";

const ears = new Map<string, Set<() => void>>();

/** Somebody asks, by a key or a command, for something that is shown elsewhere on the page. Says whether it was heard. */
export function wish(name: string): boolean {
  const heard = ears.get(name);
  for (const act of heard ?? []) act();
  return heard !== undefined;
}

/** Whether anything on the page would answer to it. */
export const isHeard = (name: string): boolean => ears.has(name);

/** Answers to a wish, while this part of the page is there. */
export function useWish(name: string, act: () => void) {
  const onWish = useEffectEvent(act);
  useEffect(() => {
    const hear = () => onWish();
    const heard = ears.get(name) ?? new Set();
    ears.set(name, heard.add(hear));
    return () => {
      heard.delete(hear);
      if (heard.size === 0 && ears.get(name) === heard) ears.delete(name);
    };
  }, [name]);
}
