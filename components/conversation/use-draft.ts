import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from "react";
import { useTab } from "#components/workspace/tab-provider";

/** What is being written in a field, kept over a reload. `name` is the composer's. */
export function useDraft(
  name: string,
  field: RefObject<HTMLTextAreaElement | null>,
): [string, (text: string) => void] {
  const { drafts } = useTab();
  const kept = useSyncExternalStore(
    neverTold,
    () => drafts.read(name),
    () => "",
  );
  // What is typed here comes first: another tab may write the same draft, and must not change this one.
  const [typed, setTyped] = useState<string>();

  // A page from the server can be written on before this script comes, and the draft must not undo that.
  useLayoutEffect(() => {
    if (field.current?.value) setTyped(field.current.value);
  }, [field]);

  const write = (text: string) => {
    setTyped(text);
    drafts.write(name, text);
  };
  return [typed ?? kept, write];
}

const neverTold = () => () => {};
