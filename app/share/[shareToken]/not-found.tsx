import { Plain } from "#components/workspace/plain";
import { shareWords } from "#words/share";

export default function NotFound() {
  return <Plain title={shareWords.nowhere} detail={shareWords.nowhereDetail} />;
}
