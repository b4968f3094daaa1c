"use client";

import { type ComponentType, useCallback, useEffect, useEffectEvent, useState } from "react";
import { tellFailure } from "#components/ui/notice";
import { keyboardWords } from "#words/keyboard";
import { singleKeys } from "../look/preference.ts";
import { usePreference } from "../look/use-preference.ts";
import { commands } from "./commands.ts";
import { isMac } from "./is-mac.ts";
import { pressed } from "./pressed.ts";
import { useKeyboardCommands, useWorkspaceCommands } from "./use-workspace-commands.ts";

type Overlay = ComponentType<{ onClosed: () => void }>;

/** Brought when they are first asked for: most pages are read without either. */
const overlays = {
  palette: () => import("./palette.tsx").then(({ Palette }): Overlay => Palette),
  sheet: () => import("./sheet.tsx").then(({ Sheet }): Overlay => Sheet),
};

/** Listens to the keys of the whole page, and shows what they open. */
export function Keyboard() {
  const [shown, setShown] = useState<{ Overlay: Overlay; turn: number }>();
  const [taken] = usePreference(singleKeys);
  const open = useCallback((what: keyof typeof overlays) => {
    const show = async () => {
      const Overlay = await overlays[what]();
      // Another turn: one that is just being put away neither stays in its place nor takes it along.
      setShown((before) => ({ Overlay, turn: (before?.turn ?? 0) + 1 }));
    };
    tellFailure(show(), keyboardWords.notLoaded);
  }, []);
  useWorkspaceCommands();
  useKeyboardCommands(open);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    // A menu or a dialog that Escape has closed says so by preventing the default.
    if (event.defaultPrevented || event.isComposing) return;
    const isTaken = takesLetters(event.target);
    const shortcut = pressed(event, { isMac: isMac(), isTaken, takesSingleKeys: taken === "on" });
    if (shortcut && commands.run(shortcut.name)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, []);

  if (!shown) return null;
  const onClosed = () => setShown((now) => (now === shown ? undefined : now));
  return <shown.Overlay key={shown.turn} onClosed={onClosed} />;
}

/** Fields, menus that are searched by letters, and dialogs, which are there for one thing. */
const LETTERS = "input, textarea, select, [role=menu], [role=listbox], [role=dialog], [role=alertdialog]";

function takesLetters(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(LETTERS) !== null);
}
