import { Button } from "#components/ui/button";
import { toolWords } from "#words/tools";
import { useApprovals } from "./approvals.tsx";
import type { ToolCallView } from "./read-tool-call.ts";
import { ToolInput } from "./tool-input.tsx";

type ToolQuestionProps = {
  call: ToolCallView & { approvalId: string };
  /** Whether the answer is still being written: it takes no word before its end. */
  open: boolean;
};

/** What a tool wants to do, for whoever reads it first to allow or deny, on whichever device. */
export function ToolQuestion({ call: { label, server, input, approvalId }, open }: ToolQuestionProps) {
  const approvals = useApprovals();
  const isBusy = open || approvals?.onItsWay.includes(approvalId);
  return (
    <section
      aria-label={toolWords.question}
      className="my-3 space-y-3 rounded-xl border border-rule-strong bg-raised p-4 text-sm"
    >
      <p className="font-medium text-base">{toolWords.allowTool(label, server)}</p>
      <ToolInput input={input} />
      {approvals ? (
        <div className="flex flex-wrap gap-2">
          <Button look="accent" disabled={isBusy} onClick={() => approvals.give(approvalId, true)}>
            {toolWords.allow}
          </Button>
          <Button disabled={isBusy} onClick={() => approvals.give(approvalId, false)}>
            {toolWords.deny}
          </Button>
        </div>
      ) : (
        <p className="text-ink-soft">{toolWords.notAnswered}</p>
      )}
    </section>
  );
}
