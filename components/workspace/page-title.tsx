"use client";

import { workspaceWords } from "#words/workspace";
import { useUnread } from "./tab-provider.tsx";

type PageTitleProps = {
  /** What is open, if it has a name. */
  name?: string;
  answering?: boolean;
};

/** What the browser's tab says: how many answers are new, whether one is being written here, and what is open. */
export function PageTitle({ name, answering = false }: PageTitleProps) {
  const count = useUnread().length;
  return <title>{workspaceWords.title(name, answering, count)}</title>;
}
