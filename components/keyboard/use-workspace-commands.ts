import {
  CircleUser,
  EyeOff,
  Keyboard,
  LogOut,
  Monitor,
  Moon,
  PanelLeft,
  Settings,
  ShieldCheck,
  SquarePen,
  Sun,
  UserPlus,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { tellFailure } from "#components/ui/notice";
import { useOwner, useTab } from "#components/workspace/tab-provider";
import { keyboardWords } from "#words/keyboard";
import { sidebar, theme } from "../look/preference.ts";
import { usePreference } from "../look/use-preference.ts";
import type { Command } from "./commands.ts";
import { useCommands } from "./use-commands.ts";

const themeIcons = { system: Monitor, light: Sun, dark: Moon };

/** What can be done on every page. */
export function useWorkspaceCommands(): void {
  const { push } = useRouter();
  const { api } = useTab();
  const { isGuest, isAdmin } = useOwner();
  const [look, chooseLook] = usePreference(theme);
  const [place, choosePlace] = usePreference(sidebar);

  const some = useMemo(() => {
    const leave = async () => {
      await api.signOut();
      location.assign("/sign-in");
    };
    const { theme: themeWords } = keyboardWords;
    return [
      listed("new", keyboardWords.newConversation, SquarePen, () => push("/")),
      listed(
        "temporary",
        keyboardWords.temporary,
        EyeOff,
        () => push("/?temporary"),
        keyboardWords.temporaryAlso,
      ),
      listed(
        "settings",
        keyboardWords.settings,
        Settings,
        () => push("/settings"),
        keyboardWords.settingsAlso,
      ),
      isAdmin &&
        listed("admin", keyboardWords.admin, ShieldCheck, () => push("/admin"), keyboardWords.adminAlso),
      listed("sidebar", keyboardWords.sidebar, PanelLeft, () =>
        choosePlace(place === "open" ? "closed" : "open"),
      ),
      ...theme.values
        .filter((value) => value !== look)
        .map((value) =>
          listed(
            `theme-${value}`,
            themeWords[value],
            themeIcons[value],
            () => chooseLook(value),
            keyboardWords.themeAlso,
          ),
        ),
      isGuest &&
        listed("create-account", keyboardWords.createAccount, UserPlus, () => location.assign("/sign-up")),
      isGuest && listed("sign-in", keyboardWords.signIn, CircleUser, () => location.assign("/sign-in")),
      !isGuest &&
        listed(
          "sign-out",
          keyboardWords.signOut,
          LogOut,
          () => tellFailure(leave(), keyboardWords.notSignedOut),
          keyboardWords.signOutAlso,
        ),
    ].filter((command) => command !== false);
  }, [push, api, isGuest, isAdmin, look, chooseLook, place, choosePlace]);
  useCommands(some);
}

/** The commands that open what belongs to the keyboard itself. */
export function useKeyboardCommands(open: (what: "palette" | "sheet") => void): void {
  const some = useMemo(
    () => [
      { name: "palette", run: () => open("palette") },
      listed("sheet", keyboardWords.shortcuts, Keyboard, () => open("sheet"), keyboardWords.shortcutsAlso),
    ],
    [open],
  );
  useCommands(some);
}

type Listed = NonNullable<Command["listed"]>;

function listed(name: string, words: string, icon: Listed["icon"], run: () => void, also?: string): Command {
  return { name, run, listed: { words, icon, group: "everywhere", also } };
}
