import type { Part } from "#lib/protocol/event";
import { Disclosure } from "./disclosure.tsx";

type Call = { name: string; state: string; input: unknown; output: unknown; errorText: string | undefined };

/** A part as a tool call, if it is one. Tools are many, so their parts are read by shape. */
export function readToolCall(part: Part): Call | undefined {
  const name = part.type === "dynamic-tool" ? part.toolName : /^tool-(.+)$/.exec(part.type)?.[1];
  if (!name || !("state" in part)) return undefined;
  const { input, output, errorText } = part as { input?: unknown; output?: unknown; errorText?: string };
  return { name: name.replaceAll(/[_-]+/g, " "), state: String(part.state), input, output, errorText };
}

/** A call to a tool, as one quiet line; what went in and what came out are a click away. */
export function ToolCall({ call, open }: { call: Call; open: boolean }) {
  return (
    <Disclosure summary={<Summary call={call} open={open} />}>
      <div className="space-y-2 text-sm">
        {call.input !== undefined && <Detail label="Input" value={call.input} />}
        {call.output !== undefined && <Detail label="Output" value={call.output} />}
        {call.errorText && <p className="text-danger">{call.errorText}</p>}
        {call.input === undefined && call.output === undefined && !call.errorText && (
          <p className="text-ink-soft">Nothing yet.</p>
        )}
      </div>
    </Disclosure>
  );
}

function Summary({ call: { name, state }, open }: { call: Call; open: boolean }) {
  const tool = <span className="font-medium text-ink">{name}</span>;
  if (state === "output-available") return <span>Used {tool}</span>;
  if (state === "output-error") return <span>{tool} did not work</span>;
  if (state === "output-denied") return <span>{tool} was not allowed</span>;
  if (!open) return <span>{tool} was interrupted</span>;
  return <span className="motion-safe:animate-breathe">Using {tool}…</span>;
}

function Detail({ label, value }: { label: string; value: unknown }) {
  return (
    <div>
      <div className="text-ink-faint text-xs">{label}</div>
      <pre className="max-h-72 overflow-auto whitespace-pre-wrap break-words font-mono text-[0.8125rem]/relaxed">
        {typeof value === "string" ? value : JSON.stringify(value, null, 2)}
      </pre>
    </div>
  );
}
