import { useEffect, useState } from "react";
import type { Message } from "#lib/protocol/event";
import { elementIdOf, namedIn } from "./message-address.ts";
import { BATCH_SIZE } from "./message-batch.tsx";

const MARKED_MS = 2_500;

/** Goes to the message that the address names, `#message-<id>`, once it is there, and marks it for a moment. */
export function useJump(path: Message[], mount: (batch: number) => void, onJump: () => void): void {
  const [wanted, setWanted] = useState<string>();
  const index = wanted === undefined ? -1 : path.findIndex(({ id }) => id === wanted);

  useEffect(() => {
    const look = () => setWanted(namedIn(location));
    look();
    return onAddressChange(look);
  }, []);

  useEffect(() => {
    if (index < 0) return;
    const batch = Math.floor(index / BATCH_SIZE);
    for (const near of [batch - 1, batch, batch + 1]) if (near >= 0) mount(near);
  }, [index, mount]);

  useEffect(() => {
    const element = wanted === undefined ? null : document.getElementById(elementIdOf(wanted));
    if (!element) return;
    onJump();
    element.scrollIntoView({ block: "start" });
    element.dataset.marked = "";
    setTimeout(() => delete element.dataset.marked, MARKED_MS);
    setWanted(undefined);
  });
}

/** Going to another part of the same page is told by no event of the router's. */
function onAddressChange(look: () => void): () => void {
  const { navigation } = window as { navigation?: EventTarget };
  addEventListener("hashchange", look);
  navigation?.addEventListener("currententrychange", look);
  return () => {
    removeEventListener("hashchange", look);
    navigation?.removeEventListener("currententrychange", look);
  };
}
