import { useRouter } from "next/navigation";
import { tell, tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import { sidebarWords as words } from "#words/sidebar";

/** Deletes a conversation at once, and says for a while how to have it back. Who looks at it is led to a new one. */
export function useDelete(): (id: string) => void {
  const { api } = useTab();
  const router = useRouter();

  return (id) => {
    const path = `/conversations/${id}`;
    const isOpen = location.pathname === path;
    const remove = async () => {
      if (isOpen) router.push("/");
      await api.deleteConversation(id);
      tell(words.deleted, { label: words.undo, act: () => tellFailure(restore(), words.notRestored) });
    };
    const restore = async () => {
      await api.restoreConversation(id);
      if (isOpen) router.push(path);
    };
    tellFailure(remove(), words.notDeleted);
  };
}
