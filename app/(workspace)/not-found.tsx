import { NotHere } from "#components/workspace/not-here";
import { workspaceWords } from "#words/workspace";

export default function NotFound() {
  return <NotHere {...workspaceWords.noConversation} />;
}
