import { type ComponentProps, createContext, use } from "react";
import { ForeignLink } from "#components/ui/foreign-link";
import { answerWords } from "#words/answer";
import { Citation } from "./citation.tsx";

/** What the names of an answer's notes begin with, so that no two answers on a page share one. */
export const NotesPrefix = createContext("");

/** A link in an answer: to a note at its end, to a source, or out of here. */
export function AnswerLink({ href = "", children }: ComponentProps<"a">) {
  const [, kind, number = "", first] = /^#(note|cited)-(\d+)(-first)?$/.exec(href) ?? [];
  if (kind === "note") return <NoteLink number={number} isFirst={first !== undefined} />;
  if (kind === "cited") return <Citation number={Number(number)}>{children}</Citation>;
  if (href.startsWith("#")) return <a href={href}>{children}</a>;
  // Whatever else it is, a half-written address among it, is only its words.
  if (!/^(https?:\/\/|mailto:)/i.test(href)) return <span>{children}</span>;
  return <ForeignLink href={href}>{children}</ForeignLink>;
}

function NoteLink({ number, isFirst }: { number: string; isFirst: boolean }) {
  const prefix = use(NotesPrefix);
  return (
    <sup>
      <a
        href={`#${prefix}note-${number}`}
        id={isFirst ? `${prefix}from-${number}` : undefined}
        aria-label={answerWords.note(number)}
      >
        {number}
      </a>
    </sup>
  );
}
