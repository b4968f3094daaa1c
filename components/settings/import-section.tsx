"use client";

import { Upload } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button";
import { Section } from "#components/ui/section";
import { useTab } from "#components/workspace/tab-provider";
import { createBrowserImport, type ImportStore } from "#lib/client/import-store";
import { shareWords } from "#words/share";
import { ImportResult } from "./import-result.tsx";

/** Conversations from elsewhere. */
export function ImportSection() {
  const { api } = useTab();
  const [store] = useState(() => createBrowserImport(api));
  useEffect(() => () => store.cancel(), [store]);
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const { state, found, fileName } = view;
  const isBusy = state === "reading" || state === "importing";
  return (
    <Section title={shareWords.importTitle} about={shareWords.importDetail}>
      {!isBusy && <FileChooser isFirst={state === "idle"} onChoose={store.choose} />}
      {state === "reading" && (
        <Busy words={shareWords.reading(found)} onCancel={store.cancel}>
          <progress aria-label={shareWords.importTitle} className="h-1.5 w-full accent-accent" />
        </Busy>
      )}
      {state === "ready" && (
        <div className="mt-3 flex items-center justify-between gap-3">
          <p role="status">{shareWords.found(found, fileName)}</p>
          {found > 0 && (
            <Button look="accent" onClick={() => void store.start()}>
              {shareWords.start}
            </Button>
          )}
        </div>
      )}
      {state === "importing" && <Progress view={view} onCancel={store.cancel} />}
      <ImportResult view={view} />
    </Section>
  );
}

type View = ReturnType<ImportStore["getView"]>;

function Progress({ view, onCancel }: { view: View; onCancel: () => void }) {
  const done = view.imported + view.known + view.failedCount;
  return (
    <Busy words={shareWords.progress(done, view.found)} onCancel={onCancel}>
      <progress
        aria-label={shareWords.importTitle}
        max={view.found}
        value={done}
        className="h-1.5 w-full accent-accent"
      />
    </Busy>
  );
}

type BusyProps = { words: string; onCancel: () => void; children: React.ReactNode };

function Busy({ words, onCancel, children }: BusyProps) {
  return (
    <div className="mt-3 flex items-center gap-4">
      <div className="min-w-0 flex-1">
        <p className="text-sm tabular-nums">{words}</p>
        {children}
      </div>
      <Button onClick={onCancel}>{shareWords.cancel}</Button>
    </div>
  );
}

type FileChooserProps = { isFirst: boolean; onChoose: (file: File) => Promise<void> };

/** A button that is also a place to drop a file. */
function FileChooser({ isFirst, onChoose }: FileChooserProps) {
  const [isOver, setIsOver] = useState(false);
  const choose = (file: File | undefined) => file && void onChoose(file);
  return (
    <label
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        choose(event.dataTransfer.files[0]);
      }}
      className={`flex cursor-pointer flex-wrap items-center justify-center gap-x-2 gap-y-1 rounded-xl border border-rule-strong border-dashed px-4 py-5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent ${isOver ? "bg-wash" : "hover:bg-wash"}`}
    >
      <Upload className="size-4 text-ink-soft" />
      <span className="font-medium">{isFirst ? shareWords.choose : shareWords.another}</span>
      <span className="text-ink-soft">{isOver ? shareWords.dropped : shareWords.drop}</span>
      <input
        type="file"
        accept=".json,.zip,application/json,application/zip"
        className="sr-only"
        onChange={(event) => {
          choose(event.target.files?.[0]);
          // The same file may be chosen again.
          event.target.value = "";
        }}
      />
    </label>
  );
}
