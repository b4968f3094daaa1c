"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { Announcer } from "#components/conversation/announcer";
import { MessageList } from "#components/conversation/message-list";
import { Scroller } from "#components/conversation/scroller";
import { Plain } from "#components/workspace/plain";
import { ReaderProvider } from "#components/workspace/tab-provider";
import { createBrowserShare } from "#lib/client/share-store";
import type { Snapshot } from "#lib/protocol/event";
import { shareWords } from "#words/share";
import { useScrollAnchor } from "../conversation/use-scroll-anchor.ts";
import { ForReaders } from "./reader.tsx";
import { ShareHeader } from "./share-header.tsx";
import { ShareLine } from "./share-line.tsx";

type SharePageProps = {
  shareToken: string;
  snapshot: Snapshot;
  imageOrigins: string[];
  renderedAtMs: number;
};

/** What a link leads to, as it is now: to be read, and for nothing else. */
export function SharePage({ shareToken, snapshot, ...page }: SharePageProps) {
  return (
    <ReaderProvider {...page}>
      <ForReaders>
        <SharedConversation shareToken={shareToken} snapshot={snapshot} />
      </ForReaders>
    </ReaderProvider>
  );
}

function SharedConversation({ shareToken, snapshot }: Pick<SharePageProps, "shareToken" | "snapshot">) {
  const [store] = useState(() => createBrowserShare(shareToken, snapshot));
  useEffect(() => store.connect(), [store]);
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView);
  const anchor = useScrollAnchor();
  if (view.gone === "deleted") return <Plain title={shareWords.deleted} detail={shareWords.deletedDetail} />;
  if (view.gone) return <Plain title={shareWords.ended} detail={shareWords.endedDetail} />;
  const { title } = view.snapshot.conversation;
  return (
    <div className="flex h-dvh flex-col">
      <title>{shareWords.pageTitle(title, view.generation !== undefined)}</title>
      <ShareHeader title={title} />
      <main className="flex min-h-0 flex-1 flex-col">
        <Scroller anchor={anchor}>
          <MessageList view={view} actions={NOTHING} onJump={anchor.letGo} />
          {view.path.length === 0 && (
            <p className="px-6 pt-16 text-center text-ink-soft">{shareWords.nothingYet}</p>
          )}
        </Scroller>
        <ShareLine line={store.line} caughtUpWords={view.caughtUpWords} />
      </main>
      <Announcer view={view} />
    </div>
  );
}

/** What is done with messages elsewhere. None of it is offered here. */
const NOTHING = {
  regenerate: () => undefined,
  showVersion: () => undefined,
  reword: () => undefined,
  resend: () => undefined,
  discard: () => undefined,
};
