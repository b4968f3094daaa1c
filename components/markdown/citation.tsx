import { createContext, type ReactNode, use } from "react";
import { ForeignLink } from "#components/ui/foreign-link";
import { answerWords } from "#words/answer";

export type CitedSource = { title: string; address?: string | undefined };

/** The sources of the answer, in the order of their numbers. */
export const CitedSources = createContext<readonly CitedSource[]>([]);

/** A number in brackets that is a source's, as a way there; any other is only what it says. */
export function Citation({ number, children }: { number: number; children: ReactNode }) {
  const source = use(CitedSources)[number - 1];
  if (!source) return children;
  const { title, address } = source;
  const name = answerWords.source(number, title);
  if (!address) {
    return (
      <span className="cited" title={name}>
        {number}
      </span>
    );
  }
  const host = URL.parse(address)?.host ?? address;
  return (
    <ForeignLink
      href={address}
      className="cited"
      aria-label={name}
      title={title === host ? host : `${title} — ${host}`}
      marked={false}
    >
      {number}
    </ForeignLink>
  );
}
