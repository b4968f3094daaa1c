import { Mark } from "#components/brand/mark";
import { conversationWords } from "#words/conversation";

/** What a new conversation says before anything is said. */
export function Greeting() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 px-6 pb-8 text-center md:flex-none md:pb-0">
      <Mark className="size-11" />
      <h1 className="text-balance font-medium text-2xl text-ink tracking-[-0.015em]">
        {conversationWords.greeting}
      </h1>
    </div>
  );
}
