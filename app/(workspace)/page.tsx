import { NewConversation } from "#components/conversation/new-conversation";

export default function NewConversationPage() {
  return <NewConversation />;
}
