"use client";

import { Command as List } from "cmdk";
import { MessageSquare, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { type ReactNode, useRef, useState, useSyncExternalStore } from "react";
import { useAccount } from "#components/workspace/tab-provider";
import { keyboardWords } from "#words/keyboard";
import { hashOf } from "../conversation/message-address.ts";
import { useSearch } from "../workspace/use-search.ts";
import { type Command, commands } from "./commands.ts";
import { Keys } from "./keys.tsx";
import { entriesOf, type Place, paletteGroups } from "./palette-groups.ts";
import { shortcutNamed } from "./shortcuts.ts";

/** One field for all that can be gone to and all that can be done. */
export function Palette({ onClosed }: { onClosed: () => void }) {
  const { push } = useRouter();
  const [open, setOpen] = useState(true);
  const { q: query, type, hits, kind } = useSearch();
  const failed = kind === "failed";
  const offered = useSyncExternalStore(commands.subscribe, commands.getView, () => []);
  const conversations = useAccount().filter(({ archived }) => !archived);
  const groups = paletteGroups({ query, commands: offered, conversations, hits });
  const count = groups.reduce((sum, group) => sum + entriesOf(group).length, 0);

  const before = useRef<Element>(null);
  const chosen = useRef<() => void>(undefined);
  const choose = (act: () => void) => {
    chosen.current = act;
    setOpen(false);
  };
  // Only when the palette is gone and the focus is back where it was: what is chosen may open, or focus, something.
  const onCloseAutoFocus = (event: Event) => {
    event.preventDefault();
    if (before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    onClosed();
    chosen.current?.();
  };

  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          onOpenAutoFocus={() => {
            before.current = document.activeElement;
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed inset-x-3 top-[max(0.75rem,env(safe-area-inset-top))] z-50 mx-auto flex max-h-[min(30rem,calc(100dvh-1.5rem))] max-w-xl animate-appear flex-col overflow-hidden rounded-2xl border border-rule bg-raised shadow-float outline-none md:top-[14dvh] md:max-h-[min(30rem,72dvh)]"
        >
          <Dialog.Title className="sr-only">{keyboardWords.palette}</Dialog.Title>
          <List label={keyboardWords.palette} shouldFilter={false} loop className="flex min-h-0 flex-col">
            <div className="flex shrink-0 items-center gap-3 border-rule border-b px-4">
              <Search className="size-4.5 shrink-0 text-ink-faint" />
              <List.Input
                value={query}
                onValueChange={type}
                placeholder={keyboardWords.placeholder}
                className="h-13 w-full bg-transparent text-base outline-none placeholder:text-ink-faint"
              />
            </div>
            <List.List
              label={keyboardWords.results}
              className="min-h-0 overflow-y-auto overscroll-contain p-1.5"
            >
              {groups.map((group) => (
                <List.Group
                  key={group.name}
                  value={group.name}
                  heading={keyboardWords.groups[group.name]}
                  className="**:[[cmdk-group-heading]]:px-2.5 **:[[cmdk-group-heading]]:pt-2.5 **:[[cmdk-group-heading]]:pb-1 **:[[cmdk-group-heading]]:text-ink-faint **:[[cmdk-group-heading]]:text-xs"
                >
                  {"commands" in group
                    ? group.commands.map((command) => (
                        <CommandRow
                          key={command.name}
                          command={command}
                          onChoose={() => choose(command.run)}
                        />
                      ))
                    : group.places.map((place) => (
                        <Row
                          key={`${place.id} ${place.messageId}`}
                          value={`${group.name} ${place.id} ${place.messageId}`}
                          icon={<MessageSquare className="size-4" />}
                          onChoose={() => choose(() => push(addressOf(place)))}
                        >
                          <span className="shrink-0 max-w-[60%] truncate">{place.title}</span>
                          {place.words && (
                            <span className="min-w-0 truncate text-ink-faint text-xs">{place.words}</span>
                          )}
                        </Row>
                      ))}
                </List.Group>
              ))}
            </List.List>
          </List>
          {(failed || count === 0) && (
            <p className="px-4 pb-4 text-ink-soft">
              {failed ? keyboardWords.notSearched : keyboardWords.nothing}
            </p>
          )}
          <p role="status" className="sr-only">
            {failed ? keyboardWords.notSearched : query && keyboardWords.count(count)}
          </p>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const addressOf = ({ id, messageId }: Place) =>
  `/conversations/${id}${messageId === undefined ? "" : hashOf(messageId)}`;

function CommandRow({ command: { name, listed }, onChoose }: { command: Command; onChoose: () => void }) {
  if (!listed) return null;
  const shortcut = shortcutNamed(name);
  const { icon: Icon, words } = listed;
  return (
    <Row value={`command ${name}`} icon={<Icon className="size-4" />} onChoose={onChoose}>
      <span className="min-w-0 flex-1 truncate">{words}</span>
      {shortcut && <Keys shortcut={shortcut} />}
    </Row>
  );
}

type RowProps = { value: string; icon: ReactNode; onChoose: () => void; children: ReactNode };

function Row({ value, icon, onChoose, children }: RowProps) {
  return (
    <List.Item
      value={value}
      onSelect={onChoose}
      className="flex min-h-10 cursor-pointer select-none items-center gap-3 rounded-lg px-2.5 py-1.5 data-[selected=true]:bg-wash pointer-coarse:min-h-11"
    >
      <span className="shrink-0 text-ink-soft">{icon}</span>
      <span dir="auto" className="flex min-w-0 flex-1 items-center gap-3 truncate">
        {children}
      </span>
    </List.Item>
  );
}
