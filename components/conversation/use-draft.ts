import {
  type RefObject,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useState,
  useSyncExternalStore,
} from "react";
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

  const add = useEffectEvent((text: string) => {
    const before = (typed ?? kept).trimEnd();
    write(before === "" ? text : `${before}\n\n${text}`);
  });
  useEffect(() => {
    const listen = (event: Event) => {
      const { detail } = event as CustomEvent<Filled>;
      if (detail.name === name) add(detail.text);
    };
    addEventListener(FILLED, listen);
    return () => removeEventListener(FILLED, listen);
  }, [name]);

  return [typed ?? kept, write];
}

const FILLED = "composer-filled";
type Filled = { name: string; text: string };

/** Writes into a composer for whoever is at it, after what they have written themselves. */
export function fillDraft(name: string, text: string) {
  dispatchEvent(new CustomEvent<Filled>(FILLED, { detail: { name, text } }));
}

const neverTold = () => () => {};
