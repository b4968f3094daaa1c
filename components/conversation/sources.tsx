import { ForeignLink } from "#components/ui/foreign-link";
import type { Part } from "#lib/protocol/event";

type Source = Part & { type: "source-url" | "source-document" };

export function isSource(part: Part): part is Source {
  return part.type === "source-url" || part.type === "source-document";
}

/** What an answer drew on, once each, at its end. */
export function Sources({ parts }: { parts: Part[] }) {
  const sources = new Map(
    parts.filter(isSource).map((source) => [addressOf(source) ?? source.sourceId, source]),
  );
  if (sources.size === 0) return null;
  return (
    <ul aria-label="Sources" className="mt-3 flex flex-wrap gap-1.5 text-xs">
      {[...sources].map(([key, source], index) => (
        <li key={key} className="max-w-full">
          <SourceLine source={source} number={index + 1} />
        </li>
      ))}
    </ul>
  );
}

function SourceLine({ source, number }: { source: Source; number: number }) {
  const address = addressOf(source);
  const words = (
    <>
      <span className="text-ink-faint tabular-nums">{number}</span>
      <span className="truncate">
        {source.title ?? (address ? URL.parse(address)?.host : undefined) ?? "Source"}
      </span>
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
