"use client";

import { Check as CheckMark, CircleAlert, Info, LoaderCircle } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button";
import { CopyButton } from "#components/ui/copy-button";
import { Rows, Section } from "#components/ui/section";
import { SectionsPage } from "#components/workspace/sections-page";
import { type ConnectionView, createBrowserConnection } from "#lib/client/connection/connection-store";
import { CHECKS, type Check, type Finding } from "#lib/client/connection/findings";
import { connectionWords } from "#words/connection";

/** Whether this very deployment lets through what answers need. */
export function ConnectionPage() {
  const [store] = useState(createBrowserConnection);
  useEffect(() => store.leave, [store]);
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const { state, findings } = view;
  return (
    <SectionsPage title={connectionWords.title}>
      <Section title={connectionWords.what} about={connectionWords.about}>
        <div className="flex min-h-9 flex-wrap items-center gap-x-2 gap-y-2">
          {state !== "running" && (
            <Button look={state === "idle" ? "accent" : "plain"} onClick={() => void store.run()}>
              {state === "idle" ? connectionWords.start : connectionWords.again}
            </Button>
          )}
          {state === "done" && (
            <CopyButton label={connectionWords.copy} text={() => connectionWords.report(findings)} />
          )}
          <Outcome view={view} />
        </div>
        {(state === "running" || findings.length > 0) && (
          <div className="mt-4">
            <Rows>
              {CHECKS.map((check) => (
                <CheckRow
                  key={check}
                  check={check}
                  finding={findings.find((finding) => finding.check === check)}
                />
              ))}
            </Rows>
          </div>
        )}
      </Section>
    </SectionsPage>
  );
}

function Outcome({ view: { state, findings, why } }: { view: ConnectionView }) {
  if (state === "failed") {
    return (
      <p role="alert" className="text-danger">
        {why}
      </p>
    );
  }
  return (
    <p role="status" className="tabular-nums">
      {state === "running" && connectionWords.running(findings.length, CHECKS.length)}
      {state === "done" && connectionWords.result(findings)}
    </p>
  );
}

const looks = {
  good: { Icon: CheckMark, color: "text-accent" },
  note: { Icon: Info, color: "text-ink-soft" },
  wrong: { Icon: CircleAlert, color: "text-danger" },
};

/** One thing that is looked at; and where it is wrong, what mends it. */
function CheckRow({ check, finding }: { check: Check; finding: Finding | undefined }) {
  const { Icon, color } = finding ? looks[finding.verdict] : { Icon: LoaderCircle, color: "text-ink-soft" };
  const mend = finding && connectionWords.mend(finding);
  return (
    <li className="flex min-h-14 gap-3 px-4 py-2.5">
      <Icon
        role="img"
        aria-label={finding ? connectionWords.verdicts[finding.verdict] : connectionWords.waiting}
        className={`mt-0.5 size-5 shrink-0 ${color} ${finding ? "" : "motion-safe:animate-spin"}`}
      />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{connectionWords.name(check)}</p>
        <p className="wrap-anywhere text-ink-soft text-sm">
          {finding ? connectionWords.said(finding) : connectionWords.waiting}
        </p>
        {mend && <p className="wrap-anywhere mt-1 font-mono text-xs">{mend}</p>}
      </div>
    </li>
  );
}
