export default function NewConversation() {
  return null;
}
