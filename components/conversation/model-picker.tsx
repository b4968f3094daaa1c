"use client";

import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Menu, menuItem } from "#components/ui/menu";
import type { Model } from "#lib/protocol/api";

type ModelPickerProps = { models: Model[]; value: string | undefined; onChange: (id: string) => void };

/** Which model answers. With one there is nothing to choose, and only its name is shown. */
export function ModelPicker({ models, value, onChange }: ModelPickerProps) {
  const name = models.find(({ id }) => id === value)?.name ?? value;
  if (models.length < 2) return <span className="block truncate px-2 text-ink-faint text-xs">{name}</span>;
  const trigger = (
    <button
      type="button"
      className="touch-target flex h-8 min-w-0 max-w-full items-center gap-1 rounded-lg px-2 text-ink-soft text-xs hover:bg-wash hover:text-ink"
    >
      <span className="sr-only">Model: </span>
      <span className="truncate">{name}</span>
      <ChevronDown className="size-3.5 shrink-0" />
    </button>
  );
  return (
    <Menu trigger={trigger} align="start" side="top">
      <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
        {models.map((model) => (
          <DropdownMenu.RadioItem key={model.id} value={model.id} className={`${menuItem} pr-3`}>
            <span className="size-4">
              <DropdownMenu.ItemIndicator>
                <Check className="size-4 text-accent" />
              </DropdownMenu.ItemIndicator>
            </span>
            <span className="flex-1">{model.name}</span>
            <span className="text-ink-faint text-xs">{model.provider}</span>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </Menu>
  );
}
