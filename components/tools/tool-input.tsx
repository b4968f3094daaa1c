import { Folded } from "./folded.tsx";

/** What a tool is given: names and values where it is that simple, as JSON where it is not. */
export function ToolInput({ input }: { input: unknown }) {
  if (typeof input === "string") return <Folded text={input} />;
  if (typeof input !== "object" || input === null || Array.isArray(input)) return <Json value={input} />;
  return (
    <dl className="space-y-1.5">
      {Object.entries(input).map(([name, value]) => (
        <div key={name}>
          <dt className="text-ink-faint text-xs">{name}</dt>
          <dd>{isPlain(value) ? <Folded text={String(value)} /> : <Json value={value} />}</dd>
        </div>
      ))}
    </dl>
  );
}

export function Json({ value }: { value: unknown }) {
  return <Folded text={JSON.stringify(value, null, 2) ?? ""} mono />;
}

const isPlain = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);
