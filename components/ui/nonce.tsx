"use client";

import { createContext, type ReactNode, use, useEffect, useState } from "react";

const NonceContext = createContext<string | undefined>(undefined);

/**
 * Gives the page its nonce. The browser holds a page to the policy that it came with, so the first nonce is the one
 * that counts, whatever the server says when parts of the page are fetched anew.
 */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  const [first] = useState(nonce);
  // Where the library looks for it that keeps the page from scrolling behind a dialog, by a style of its own.
  useEffect(() => void Object.assign(window, { __webpack_nonce__: first }), [first]);
  return <NonceContext value={first}>{children}</NonceContext>;
}

/** What a script of ours has to carry to be run. */
export const useNonce = (): string | undefined => use(NonceContext);
