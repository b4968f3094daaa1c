import { NewConversation } from "#components/conversation/new-conversation";

export default async function NewConversationPage({ searchParams }: PageProps<"/">) {
  return <NewConversation temporary={"temporary" in (await searchParams)} />;
}
