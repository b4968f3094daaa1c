"use client";

import { createContext, type ReactNode, use, useMemo } from "react";
import { tellFailure } from "#components/ui/notice";
import type { ConversationStore } from "#lib/client/conversation-store";
import { toolWords } from "#words/tools";

type Approvals = {
  give: (approvalId: string, approved: boolean) => void;
  /** What was answered here and is not yet told by the log. */
  onItsWay: string[];
};

const ApprovalsContext = createContext<Approvals | undefined>(undefined);

type ApprovalsProviderProps = { store: ConversationStore; onItsWay: string[]; children: ReactNode };

/** Lets what a tool asks be answered. Where there is none of it, as for who only reads along, it can be read. */
export function ApprovalsProvider({ store, onItsWay, children }: ApprovalsProviderProps) {
  const approvals = useMemo(
    () => ({
      give: (approvalId: string, approved: boolean) =>
        tellFailure(store.approve(approvalId, approved), toolWords.notHeard),
      onItsWay,
    }),
    [store, onItsWay],
  );
  return <ApprovalsContext value={approvals}>{children}</ApprovalsContext>;
}

export const useApprovals = (): Approvals | undefined => use(ApprovalsContext);
