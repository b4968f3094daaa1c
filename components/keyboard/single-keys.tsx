"use client";

import { Switch } from "#components/ui/switch";
import { keyboardWords } from "#words/keyboard";
import { singleKeys } from "../look/preference.ts";
import { usePreference } from "../look/use-preference.ts";

/** Whether single keys do anything. Who dictates, or strikes keys by accident, turns them off. */
export function SingleKeys() {
  const [value, choose] = usePreference(singleKeys);
  return (
    <Switch
      label={keyboardWords.singleKeys}
      detail={keyboardWords.singleKeysDetail}
      on={value === "on"}
      onChange={(on) => choose(on ? "on" : "off")}
    />
  );
}
