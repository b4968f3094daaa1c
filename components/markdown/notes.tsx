import { memo, use } from "react";
import { answerWords } from "#words/answer";
import { NotesPrefix } from "./answer-link.tsx";
import { type Note, prepare } from "./compose.ts";
import { Piece } from "./group.tsx";

/** The notes of an answer, at its end, each with a way back to where it is first referred to. */
export const Notes = memo(({ notes, writing }: { notes: Note[]; writing: boolean }) => {
  const prefix = use(NotesPrefix);
  if (notes.length === 0) return null;
  return (
    <section className="notes" aria-label={answerWords.notes}>
      <ol>
        {notes.map(({ label, number, text }, index) => (
          <li key={label} id={`${prefix}note-${number}`} value={number}>
            <Piece text={prepare(text, writing && index === notes.length - 1)} writing={writing} />
            <a href={`#${prefix}from-${number}`} aria-label={answerWords.backFromNote(number)}>
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
});
