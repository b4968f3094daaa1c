import { Mark } from "#components/brand/mark";
import { useLine } from "#components/workspace/tab-provider";
import type { LineView } from "#lib/client/line-view";
import { conversationWords } from "#words/conversation";

/** What the line is doing, when it matters. Nothing is lost meanwhile, and the words say so. */
export function LineStatus({ caughtUpWords }: { caughtUpWords: number | undefined }) {
  const line = useLine();
  const lost = lostWords(line);
  const words = lost ?? (caughtUpWords && conversationWords.back(caughtUpWords));
  return (
    <div role="status" className="pointer-events-none flex justify-center">
      {words && (
        <p className="mb-2 flex animate-appear items-center gap-2 rounded-2xl border border-rule bg-raised px-3 py-1 text-ink-soft text-xs shadow-float">
          <Mark apart={lost !== undefined} className="size-4 shrink-0" />
          {words}
          {line.state === "closed" && line.reason === "signed-out" && <SignIn />}
        </p>
      )}
    </div>
  );
}

/** A page of its own, and then back to this one: whoever signs in there may be somebody else. */
function SignIn() {
  const go = () => location.assign(`/sign-in?${new URLSearchParams({ next: location.pathname })}`);
  return (
    <button
      type="button"
      onClick={go}
      className="touch-target pointer-events-auto -mr-1 min-h-6 shrink-0 rounded-md px-1 font-medium text-accent underline-offset-4 hover:underline"
    >
      {conversationWords.signIn}
    </button>
  );
}

function lostWords({ state, reason }: LineView): string | undefined {
  if (state === "reconnecting") return conversationWords.reconnecting;
  if (state === "refused") return conversationWords.crowded;
  if (state === "captive") return conversationWords.captive;
  if (state === "offline") return conversationWords.offline;
  if (state === "closed" && reason === "signed-out") return conversationWords.signedOut;
  return undefined;
}
