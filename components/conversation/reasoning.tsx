import { useEffect, useState } from "react";
import { Markdown } from "#components/markdown/markdown";
import type { Part } from "#lib/protocol/event";
import { answerWords } from "#words/answer";
import { Disclosure } from "./disclosure.tsx";

const TICK_MS = 1_000;

type ReasoningProps = { part: Part & { type: "reasoning" }; writing: boolean };

/** What the model thought before it spoke: there for whoever asks, out of the way for everyone else. */
export function Reasoning({ part, writing }: ReasoningProps) {
  if (part.text.trim() === "") return null;
  return (
    <Disclosure summary={writing ? <Thinking /> : thoughtFor(part)}>
      <div className="text-ink-soft [--text-base:0.9375rem]">
        <Markdown text={part.text} writing={writing} />
      </div>
    </Disclosure>
  );
}

/** Counts from when it is first seen: when it began, only the server knows, and tells at the end. */
function Thinking() {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const beganMs = Date.now();
    const timer = setInterval(() => setSeconds(Math.round((Date.now() - beganMs) / 1_000)), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="tabular-nums motion-safe:animate-breathe">
      {seconds === 0 ? answerWords.thinking : answerWords.thinkingFor(seconds)}
    </span>
  );
}

/** How long it thought, where the server has measured it. */
export function thoughtFor({ providerMetadata }: ReasoningProps["part"]): string {
  const durationMs = (providerMetadata?.rejoin as { durationMs?: unknown } | undefined)?.durationMs;
  if (typeof durationMs !== "number" || !(durationMs >= 0)) return answerWords.thought;
  return answerWords.thoughtFor(Math.max(1, Math.round(durationMs / 1_000)));
}
