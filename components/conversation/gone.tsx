import { PageTitle } from "#components/workspace/page-title";
import { Plain } from "#components/workspace/plain";
import { conversationWords } from "#words/conversation";
import { Header } from "./header.tsx";

/** The conversation was deleted while it was open. Whoever deletes it here is on the way elsewhere, and sees no words. */
export function Gone() {
  return (
    <div className="h-full animate-appear-late">
      <Plain
        title={conversationWords.gone}
        detail={conversationWords.goneDetail}
        header={<Header />}
        tabTitle={<PageTitle />}
      />
    </div>
  );
}
