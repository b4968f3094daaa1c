import { Plain } from "#components/workspace/plain";
import { workspaceWords } from "#words/workspace";

export default function NotFound() {
  return (
    <main className="h-dvh">
      <Plain {...workspaceWords.nothingHere} />
    </main>
  );
}
