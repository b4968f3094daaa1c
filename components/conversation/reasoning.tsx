import { Disclosure } from "./disclosure.tsx";
import { Markdown } from "./markdown.tsx";

/** What the model thought before it spoke: there for whoever asks, out of the way for everyone else. */
export function Reasoning({ text, writing }: { text: string; writing: boolean }) {
  if (text.trim() === "") return null;
  return (
    <Disclosure
      summary={
        writing ? <span className="motion-safe:animate-breathe">Thinking…</span> : "Thought it through"
      }
    >
      <div className="text-ink-soft [--text-base:0.9375rem]">
        <Markdown text={text} writing={writing} />
      </div>
    </Disclosure>
  );
}
