"use client";

import { Copy, Square } from "lucide-react";
import { useMemo } from "react";
import { tellFailure } from "#components/ui/notice";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { ConversationView } from "#lib/client/conversation-view";
import { keyboardWords } from "#words/keyboard";
import { useCommands } from "../keyboard/use-commands.ts";
import { writeClipboard } from "../ui/write-clipboard.ts";
import { goToMessage } from "./go-to-message.ts";
import { textOf } from "./text-of.ts";

type ConversationCommandsProps = { view: ConversationView; store: ConversationStore };

/** What the keyboard and the palette can do with the conversation that is open. It shows nothing itself. */
export function ConversationCommands({ view, store }: ConversationCommandsProps) {
  const answering = view.generation !== undefined;
  const answered = view.path.some(({ role }) => role === "assistant");

  const some = useMemo(
    () => [
      ...(answering
        ? [
            {
              name: "stop",
              run: store.cancel,
              listed: { words: keyboardWords.stop, icon: Square, group: "here" as const },
            },
          ]
        : []),
      ...(answered
        ? [
            {
              name: "copy-answer",
              run: () => tellFailure(copyLastAnswer(store), keyboardWords.notCopied),
              listed: { words: keyboardWords.copyAnswer, icon: Copy, group: "here" as const },
            },
            { name: "next", run: () => goToMessage(1) },
            { name: "previous", run: () => goToMessage(-1) },
          ]
        : []),
    ],
    [answering, answered, store],
  );
  useCommands(some);
  return null;
}

async function copyLastAnswer(store: ConversationStore): Promise<void> {
  const answer = store.getView().path.findLast(({ role }) => role === "assistant");
  if (!(await writeClipboard(textOf(answer?.parts ?? [])))) throw new Error();
}
