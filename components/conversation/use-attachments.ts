import { useSyncExternalStore } from "react";
import { useTab } from "#components/workspace/tab-provider";
import type { Attachment } from "#lib/client/attachments";

const NONE: Attachment[] = [];

/** The files in a composer, and what can be done with them. */
export function useAttachments(conversationId: string) {
  const { attachments } = useTab();
  const list = useSyncExternalStore(
    attachments.subscribe,
    () => attachments.list(conversationId),
    () => NONE,
  );
  return {
    list,
    add: (files: readonly File[]) => attachments.add(conversationId, files),
    retry: (id: string) => attachments.retry(conversationId, id),
    remove: (id: string) => attachments.remove(conversationId, id),
  };
}
