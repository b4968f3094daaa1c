import { use } from "react";
import { answerWords } from "#words/answer";
import { NotesPrefix } from "./answer-link.tsx";
import type { Note } from "./compose.ts";
import { Piece } from "./group.tsx";

/** The notes of an answer, at its end, each with a way back to where it is first referred to. */
export function Notes({ notes, writing }: { notes: Note[]; writing: boolean }) {
  const prefix = use(NotesPrefix);
  if (notes.length === 0) return null;
  return (
    <section className="notes" aria-label={answerWords.notes}>
      <ol>
        {notes.map(({ label, number, text }) => (
          <li key={label} id={`${prefix}note-${number}`} value={number}>
            <Piece text={text} writing={writing} />
            <a href={`#${prefix}from-${number}`} aria-label={answerWords.backFromNote(number)}>
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  );
}
