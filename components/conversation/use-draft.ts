import { useState, useSyncExternalStore } from "react";
import { useTab } from "#components/workspace/tab-provider";

/** What is being written, kept over a reload. `name` is the composer's. */
export function useDraft(name: string): [string, (text: string) => void] {
  const { drafts } = useTab();
  const kept = useSyncExternalStore(
    neverTold,
    () => drafts.read(name),
    () => "",
  );
  // What is typed here comes first: another tab may write the same draft, and must not change this one.
  const [typed, setTyped] = useState<string>();

  const write = (text: string) => {
    setTyped(text);
    drafts.write(name, text);
  };
  return [typed ?? kept, write];
}

const neverTold = () => () => {};
