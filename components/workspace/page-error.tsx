"use client";

import { workspaceWords } from "#words/workspace";
import { Plain } from "./plain.tsx";

/** What stands in the place of a page that could not be drawn. */
export function PageError({ retry }: { retry: () => void }) {
  return <Plain {...workspaceWords.crashed} onRetry={retry} />;
}
