import { notFound } from "next/navigation";
import { OpenConversation } from "#components/conversation/open-conversation";
import { loadConversation } from "#lib/http/page";

export default async function ConversationPage({ params }: PageProps<"/conversations/[conversationId]">) {
  const { conversationId } = await params;
  const snapshot = await loadConversation(conversationId);
  if (!snapshot) notFound();
  return <OpenConversation key={snapshot.conversation.id} snapshot={snapshot} />;
}
