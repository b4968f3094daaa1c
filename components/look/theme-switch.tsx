"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { ToggleGroup } from "radix-ui";
import { workspaceWords } from "#words/workspace";
import { theme } from "./preference.ts";
import { usePreference } from "./use-preference.ts";

const choices = [
  { value: "system", Icon: Monitor },
  { value: "light", Icon: Sun },
  { value: "dark", Icon: Moon },
] as const;

/** Light, dark, or whatever the system has. */
export function ThemeSwitch() {
  const [value, choose] = usePreference(theme);
  return (
    <ToggleGroup.Root
      type="single"
      value={value}
      onValueChange={(chosen) => {
        const choice = theme.values.find((candidate) => candidate === chosen);
        if (choice) choose(choice);
      }}
      aria-label={workspaceWords.theme}
      className="inline-flex rounded-lg outline-none"
      // Radix would write an outline into the page from the server, and the page's policy takes no such attribute.
      style={{ outline: undefined }}
    >
      {choices.map(({ value: choice, Icon }) => (
        <ToggleGroup.Item
          key={choice}
          value={choice}
          aria-label={workspaceWords.themes[choice]}
          title={workspaceWords.themes[choice]}
          className="touch-target grid size-8 place-items-center rounded-lg text-ink-faint transition-colors hover:text-ink data-[state=on]:bg-wash data-[state=on]:text-ink"
        >
          <Icon className="size-4" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
