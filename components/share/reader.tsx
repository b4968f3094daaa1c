"use client";

import { createContext, type ReactNode, use } from "react";

const ReaderContext = createContext(false);

/** What stands in this is somebody else's: it is read, and nothing is done with it. */
export function ForReaders({ children }: { children: ReactNode }) {
  return <ReaderContext value={true}>{children}</ReaderContext>;
}

/** Whether whoever looks only reads. */
export const useIsReader = (): boolean => use(ReaderContext);
