"use client";

import { useState } from "react";
import { PageTitle } from "#components/workspace/page-title";
import { useModels } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { ContinueElsewhere } from "./continue-elsewhere.tsx";
import { ConversationCommands } from "./conversation-commands.tsx";
import { Gone } from "./gone.tsx";
import { Greeting } from "./greeting.tsx";
import { Header } from "./header.tsx";
import { LineStatus } from "./line-status.tsx";
import { MessageList } from "./message-list.tsx";
import { modelInUse } from "./model-in-use.ts";
import { ModelPicker } from "./model-picker.tsx";
import { Scroller } from "./scroller.tsx";
import { Suggestions } from "./suggestions.tsx";
import { useConversation } from "./use-conversation.ts";
import { useScrollAnchor } from "./use-scroll-anchor.ts";

type ConversationProps = {
  store: ConversationStore;
  /** By which the composer's draft is kept. */
  draft: string;
};

/** A conversation from its header to its composer. A new one begins with a greeting where its messages will be. */
export function Conversation({ store, draft }: ConversationProps) {
  const { view, actions } = useConversation(store);
  const { snapshot, path, pending, generation, gone } = view;
  const anchor = useScrollAnchor();
  const models = useModels();
  const [chosen, choose] = useState<string>();
  const model = modelInUse(view, models, chosen);
  const isNew = path.length === 0 && pending.length === 0;
  const title = isNew ? undefined : snapshot.conversation.title;

  const send = (text: string) => {
    store.send(text, { model });
    anchor.toEnd();
  };

  if (gone) return <Gone />;
  return (
    <div className="flex h-full flex-col">
      <PageTitle name={title} answering={generation !== undefined} />
      <Header title={title}>
        <ContinueElsewhere conversationId={isNew ? undefined : snapshot.conversation.id} />
      </Header>
      <div
        className={`flex min-h-0 flex-1 flex-col ${isNew ? "overflow-y-auto md:justify-center-safe md:gap-8 md:pb-[14dvh]" : ""}`}
      >
        {isNew ? (
          <Greeting />
        ) : (
          <Scroller anchor={anchor}>
            <MessageList view={view} actions={actions} />
          </Scroller>
        )}
        <div className="mx-auto flex w-full max-w-column shrink-0 flex-col px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-6">
          <LineStatus caughtUpWords={view.caughtUpWords} />
          {isNew && <Suggestions onChoose={send} />}
          <Composer name={draft} answering={generation !== undefined} onSend={send} onStop={store.cancel}>
            <ModelPicker
              models={models}
              value={model ?? models.find((offered) => offered.default)?.id}
              onChange={choose}
            />
          </Composer>
        </div>
      </div>
      <Announcer view={view} />
      <ConversationCommands view={view} store={store} />
    </div>
  );
}
