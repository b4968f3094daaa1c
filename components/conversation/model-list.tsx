"use client";

import { Command } from "cmdk";
import { Check, FileText, Image, Search } from "lucide-react";
import type { Model } from "#lib/protocol/api";
import { composerWords } from "#words/composer";

type ModelListProps = { models: Model[]; value: string | undefined; onChoose: (id: string) => void };

/** The models by provider, and a search through them. */
export function ModelList({ models, value, onChoose }: ModelListProps) {
  const providers = [...new Set(models.map(({ provider }) => provider))];
  return (
    <Command
      label={composerWords.searchModels}
      filter={hasAll}
      loop
      {...(value !== undefined && { defaultValue: value })}
    >
      <div className="flex items-center gap-2 border-rule border-b px-2.5 pb-1.5">
        <Search className="size-4 shrink-0 text-ink-faint" />
        <Command.Input
          autoFocus
          placeholder={composerWords.searchModels}
          className="h-9 w-full bg-transparent text-base outline-none placeholder:text-ink-faint md:text-sm pointer-coarse:h-11"
        />
      </div>
      <Command.List
        label={composerWords.models}
        className="mt-1.5 max-h-[min(22rem,50dvh,calc(var(--radix-popover-content-available-height,100dvh)-4.5rem))] overflow-y-auto overscroll-contain"
      >
        <Command.Empty className="px-3 py-4 text-ink-soft text-sm">{composerWords.noModels}</Command.Empty>
        {providers.map((provider) => (
          <Command.Group
            key={provider}
            heading={provider}
            className="[&>[cmdk-group-heading]]:px-2.5 [&>[cmdk-group-heading]]:pt-2 [&>[cmdk-group-heading]]:pb-1 [&>[cmdk-group-heading]]:text-ink-faint [&>[cmdk-group-heading]]:text-xs"
          >
            {models
              .filter((model) => model.provider === provider)
              .map((model) => (
                <Command.Item
                  key={model.id}
                  value={model.id}
                  keywords={[model.name, model.provider]}
                  onSelect={() => onChoose(model.id)}
                  className="flex min-h-9 cursor-pointer select-none items-center gap-2.5 rounded-lg px-2.5 py-1.5 text-sm data-[selected=true]:bg-wash pointer-coarse:min-h-11"
                >
                  <span className="min-w-0 flex-1 truncate">{model.name}</span>
                  <Takes model={model} />
                  <span className="size-4">
                    {model.id === value && (
                      <Check aria-label={composerWords.chosen} className="size-4 text-accent" />
                    )}
                  </span>
                </Command.Item>
              ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

/** Whether a model has all that is searched for, each word somewhere in its names. */
function hasAll(id: string, searched: string, names: string[] = []): number {
  const text = [id, ...names].join(" ").toLowerCase();
  return searched
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
    ? 1
    : 0;
}

function Takes({ model: { inputs } }: { model: Model }) {
  return (
    <span className="flex gap-1 text-ink-faint">
      {inputs.includes("image") && <Image aria-label={composerWords.seesPictures} className="size-3.5" />}
      {inputs.includes("pdf") && <FileText aria-label={composerWords.readsPdfs} className="size-3.5" />}
    </span>
  );
}
