import { toolWords } from "#words/tools";
import { ActionLine } from "../tools/action-line.tsx";
import type { ToolCallView } from "../tools/read-tool-call.ts";
import { ToolInput } from "../tools/tool-input.tsx";
import { ToolOutput } from "../tools/tool-output.tsx";
import { ToolQuestion } from "../tools/tool-question.tsx";
import { ToolSummary } from "../tools/tool-summary.tsx";
import { Disclosure } from "./disclosure.tsx";

type ToolCallProps = {
  call: ToolCallView;
  /** Whether the answer is still being made. */
  open: boolean;
};

/** A call to a tool, as one quiet line; what went in and what came out are a click away. What it asks stands there. */
export function ToolCall({ call, open }: ToolCallProps) {
  const { state, approvalId, action } = call;
  if (state === "asking" && approvalId !== undefined) {
    return <ToolQuestion call={{ ...call, approvalId }} open={open} />;
  }
  if (action) return <ActionLine action={action} />;
  const isLeft = state === "running" && !open;
  return (
    <Disclosure summary={<ToolSummary call={isLeft ? { ...call, state: "interrupted" } : call} />}>
      <Details call={call} />
    </Disclosure>
  );
}

function Details({ call: { label, input, output, errorText } }: { call: ToolCallView }) {
  const hasInput = input !== undefined && !isEmpty(input);
  return (
    <div className="max-h-96 space-y-3 overflow-y-auto text-sm" tabIndex={0}>
      {hasInput && (
        <div>
          <div className="mb-1 font-medium text-ink-faint text-xs">{toolWords.input}</div>
          <ToolInput input={input} />
        </div>
      )}
      {output !== undefined && (
        <div>
          <div className="mb-1 font-medium text-ink-faint text-xs">{toolWords.output}</div>
          <ToolOutput output={output} label={label} />
        </div>
      )}
      {errorText && <p className="text-danger">{errorText}</p>}
      {!hasInput && output === undefined && !errorText && (
        <p className="text-ink-soft">{toolWords.nothingYet}</p>
      )}
    </div>
  );
}

const isEmpty = (input: unknown) =>
  typeof input === "object" && input !== null && Object.keys(input).length === 0;
