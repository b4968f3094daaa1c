import { useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useState } from "react";
import { tellFailure } from "#components/ui/notice";
import { useTab } from "#components/workspace/tab-provider";
import { TITLE_MAX_LENGTH } from "#lib/protocol/api";
import { composerWords } from "#words/composer";
import { theme } from "../look/preference.ts";
import { usePreference } from "../look/use-preference.ts";
import { type CommandPlace, type Offered, offeredFor } from "./slash-commands.ts";

/** The commands that what is typed may become, which of them is marked, and the keys for choosing. */
export function useSlashCommands({
  conversationId,
  isNew,
  text,
  setText,
}: {
  conversationId: string;
  isNew: boolean;
  text: string;
  setText: (text: string) => void;
}) {
  const { api } = useTab();
  const router = useRouter();
  const [, setTheme] = usePreference(theme);
  const listId = useId();
  const [marked, mark] = useState({ text, index: 0 });
  /** What was typed when the list was put away. */
  const [putAway, putAwayFor] = useState<string>();

  const place: CommandPlace = {
    conversationId,
    isNew,
    go: router.push,
    setTheme,
    rename: (title) => {
      const wanted = title.slice(0, TITLE_MAX_LENGTH);
      tellFailure(api.changeConversation(conversationId, { title: wanted }), composerWords.notRenamed);
    },
  };
  const offered = putAway === text ? [] : offeredFor(text, place);
  const index = marked.text === text ? Math.min(marked.index, offered.length - 1) : 0;

  const choose = ({ command, argument }: Offered) => {
    if (command.argument !== undefined && argument === "") return setText(`/${command.name} `);
    setText("");
    command.run(place, argument);
  };

  /** Says whether the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    const current = offered[index];
    if (!current || event.nativeEvent.isComposing || event.keyCode === 229) return false;
    if (event.key === "ArrowDown") mark({ text, index: (index + 1) % offered.length });
    else if (event.key === "ArrowUp") mark({ text, index: (index + offered.length - 1) % offered.length });
    else if (event.key === "Escape") putAwayFor(text);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") choose(current);
    else return false;
    event.preventDefault();
    return true;
  };

  return { offered, index, listId, choose, onKeyDown };
}

export type SlashCommands = ReturnType<typeof useSlashCommands>;

export const optionId = (listId: string, name: string) => `${listId}-${name.replace(" ", "-")}`;
