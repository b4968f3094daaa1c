import type { CitedSource } from "#components/markdown/citation";
import { ForeignLink } from "#components/ui/foreign-link";
import type { Part } from "#lib/protocol/event";
import { answerWords } from "#words/answer";

type Source = Part & { type: "source-url" | "source-document" };

export function isSource(part: Part): part is Source {
  return part.type === "source-url" || part.type === "source-document";
}

/** What an answer drew on, once each. Their order gives them their numbers. */
export function sourcesOf(parts: Part[]): CitedSource[] {
  const sources = new Map(
    parts.filter(isSource).map((source) => [addressOf(source) ?? source.sourceId, source]),
  );
  return Array.from(sources.values(), (source) => {
    const address = addressOf(source);
    const host = address && URL.parse(address)?.host;
    return { address, title: source.title || host || answerWords.unnamedSource };
  });
}

/** The sources of an answer, at its end. */
export function Sources({ sources }: { sources: readonly CitedSource[] }) {
  if (sources.length === 0) return null;
  return (
    <ol aria-label={answerWords.sources} className="mt-3 flex flex-wrap gap-1.5 text-xs">
      {sources.map((source, index) => (
        <li key={index} className="max-w-full">
          <SourceLine source={source} number={index + 1} />
        </li>
      ))}
    </ol>
  );
}

function SourceLine({ source: { title, address }, number }: { source: CitedSource; number: number }) {
  const words = (
    <>
      <span className="text-ink-faint tabular-nums">{number}</span>
      <span className="truncate">{title}</span>
    </>
  );
  const look = "touch-target flex max-w-72 items-center gap-1.5 rounded-md bg-wash px-2 py-1 text-ink-soft";
  if (!address) return <span className={look}>{words}</span>;
  return (
    <ForeignLink href={address} className={`${look} hover:text-ink`}>
      {words}
    </ForeignLink>
  );
}

function addressOf(source: Source): string | undefined {
  return source.type === "source-url" && /^https?:/i.test(source.url) ? source.url : undefined;
}
