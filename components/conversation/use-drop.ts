import { useEffect, useEffectEvent, useState } from "react";

/** Files that are dropped anywhere on the page are taken, where the browser would leave the page for them. */
export function useDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false);
  const take = useEffectEvent(onFiles);

  useEffect(() => {
    const left = new AbortController();
    const listen = <Name extends "dragover" | "dragleave" | "drop">(
      name: Name,
      act: (event: DragEvent) => void,
    ) =>
      document.addEventListener(
        name,
        (event) => {
          if (event.dataTransfer?.types.includes("Files")) act(event);
        },
        { signal: left.signal },
      );
    listen("dragover", (event) => {
      event.preventDefault();
      setOver(true);
    });
    listen("dragleave", (event) => {
      // Out of the window, and not from one part of the page to another.
      if (event.relatedTarget === null) setOver(false);
    });
    listen("drop", (event) => {
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    });
    return () => left.abort();
  }, []);

  return isOver;
}
