"use client";

import { use, useEffect, useRef, useState } from "react";
import { closeFormula } from "./close-formula.ts";
import { IsIncomplete } from "./incomplete.ts";

/**
 * A formula. It is set in the browser, once what sets it is there; until then, and where it cannot be read, it stands as
 * it was written, in a box that does not move. While it is written, the last of it that could be set stays.
 */
export function Formula({ source, display = false }: { source: string; display?: boolean }) {
  const place = useRef<HTMLSpanElement>(null);
  const [isSet, setIsSet] = useState(false);
  const writing = use(IsIncomplete);

  useEffect(() => {
    let current = true;
    loadKatex().then((katex) => {
      if (!current || !katex || !place.current) return;
      const could =
        katex.setFormula(place.current, source, display) ||
        katex.setFormula(place.current, closeFormula(source), display);
      setIsSet((before) => could || (before && writing));
    });
    return () => {
      current = false;
    };
  }, [source, display, writing]);

  return (
    <span className={display ? "formula alone" : "formula"} tabIndex={display ? 0 : undefined} dir="ltr">
      <span ref={place} hidden={!isSet} />
      {!isSet && !writing && <code>{source}</code>}
    </span>
  );
}

let katex: Promise<typeof import("./load-katex.ts") | undefined> | undefined;

function loadKatex() {
  katex ??= import("./load-katex.ts").catch(() => {
    katex = undefined; // It is asked for again with the next formula.
    return undefined;
  });
  return katex;
}
