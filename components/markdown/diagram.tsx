"use client";

import { CodeXml, Workflow } from "lucide-react";
import { useEffect, useState } from "react";
import { IconButton } from "#components/ui/icon-button";
import { answerWords } from "#words/answer";
import { Code } from "./code-block.tsx";
import { type Drawn, drawDiagram } from "./draw-diagram.ts";
import { useIsDark } from "./use-is-dark.ts";

/** A diagram, as soon as it is whole and could be drawn. Until then, and whenever it is asked for, its code. */
export function Diagram({ code, incomplete }: { code: string; incomplete: boolean }) {
  const dark = useIsDark();
  const [drawn, setDrawn] = useState<Drawn>();
  const [asCode, setAsCode] = useState(false);

  useEffect(() => {
    if (incomplete) return;
    let current = true;
    drawDiagram(code, dark).then((made) => {
      if (current) setDrawn(made);
      else if (made) URL.revokeObjectURL(made.address);
    });
    return () => {
      current = false;
    };
  }, [code, dark, incomplete]);

  // Only once another one is shown in its place, or none.
  useEffect(() => () => void (drawn && URL.revokeObjectURL(drawn.address)), [drawn]);

  if (!drawn || asCode) {
    const toDiagram = (
      <IconButton label={answerWords.showDiagram} onClick={() => setAsCode(false)}>
        <Workflow className="size-4" />
      </IconButton>
    );
    return <Code language="mermaid" code={code} incomplete={incomplete} more={drawn && toDiagram} />;
  }
  return (
    <figure className="diagram" dir="ltr">
      <div className="scrolls" tabIndex={0}>
        <img
          src={drawn.address}
          width={drawn.width}
          height={drawn.height}
          alt={answerWords.diagram(titleOf(code))}
          onError={() => setDrawn(undefined)}
        />
      </div>
      <IconButton label={answerWords.showDiagramCode} onClick={() => setAsCode(true)}>
        <CodeXml className="size-4" />
      </IconButton>
    </figure>
  );
}

const titleOf = (code: string) => /^\s*(?:accTitle\s*:|title:?)\s*(.+)$/m.exec(code)?.[1]?.trim();
