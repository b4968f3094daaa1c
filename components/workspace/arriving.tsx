"use client";

import { usePathname } from "next/navigation";
import { useEffect, useState } from "react";
import { workspaceWords } from "#words/workspace";

/** Most pages are there sooner, and then nothing is to be said. */
const SHOWN_AFTER_MS = 300;

/** Wide and narrow, as prompts and answers are. */
const shapes = [
  "ml-auto h-11 w-2/5 rounded-2xl",
  "mt-6 h-4 w-full",
  "h-4 w-11/12",
  "h-4 w-3/5",
  "ml-auto mt-6 h-11 w-1/3 rounded-2xl",
  "mt-6 h-4 w-10/12",
  "h-4 w-2/3",
];

/**
 * Stands over the page while another one is on its way, if that takes long. A page has a status only once it is known
 * what is on it, so the server sends none before; this is what is shown instead.
 */
export function Arriving() {
  const path = usePathname();
  const [asked, setAsked] = useState<{ from: string; to: string }>();

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAsked = (event: Event) => {
      const to = new URL(String((event as CustomEvent).detail), location.href).pathname;
      const from = location.pathname;
      clearTimeout(timer);
      timer = setTimeout(() => setAsked({ from, to }), SHOWN_AFTER_MS);
    };
    addEventListener("page-asked", onAsked);
    return () => {
      clearTimeout(timer);
      removeEventListener("page-asked", onAsked);
    };
  }, []);

  const isWaiting = asked !== undefined && asked.from === path && asked.to !== path;
  return (
    <div role="status" className={isWaiting ? "absolute inset-0 z-20 animate-appear bg-paper" : "contents"}>
      {isWaiting && (
        <>
          <p className="sr-only">{workspaceWords.loading}</p>
          <div className="mx-auto w-full max-w-column space-y-3 px-4 pt-[calc(5rem+env(safe-area-inset-top))] md:px-6">
            {shapes.map((shape) => (
              <div key={shape} className={`rounded-md bg-wash motion-safe:animate-breathe ${shape}`} />
            ))}
          </div>
        </>
      )}
    </div>
  );
}
