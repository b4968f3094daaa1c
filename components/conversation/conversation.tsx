"use client";

import { ShareMenu } from "#components/share/share-menu";
import { ApprovalsProvider } from "#components/tools/approvals";
import { PageTitle } from "#components/workspace/page-title";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { Part } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";
import { commands } from "../keyboard/commands.ts";
import { Announcer } from "./announcer.tsx";
import { Composer } from "./composer.tsx";
import { ContinueElsewhere } from "./continue-elsewhere.tsx";
import { ConversationCommands } from "./conversation-commands.tsx";
import { FollowUps } from "./follow-ups.tsx";
import { Gone } from "./gone.tsx";
import { Greeting } from "./greeting.tsx";
import { Header } from "./header.tsx";
import { Instructions, InstructionsLine } from "./instructions.tsx";
import { LineStatus } from "./line-status.tsx";
import { MessageList } from "./message-list.tsx";
import { ModelPicker } from "./model-picker.tsx";
import { Scroller } from "./scroller.tsx";
import { Suggestions } from "./suggestions.tsx";
import { TemporaryToggle } from "./temporary-toggle.tsx";
import { useActions } from "./use-actions.ts";
import { useConversation } from "./use-conversation.ts";
import { useModel } from "./use-model.ts";
import { useNamedMessage } from "./use-named-message.ts";
import { useScrollAnchor } from "./use-scroll-anchor.ts";

/** A conversation from its header to its composer. A new one begins with a greeting where its messages will be. */
export function Conversation({ store }: { store: ConversationStore }) {
  const { view, actions, leftComposer } = useConversation(store);
  useActions(store);
  const { snapshot, path, pending, generation, gone } = view;
  const anchor = useScrollAnchor();
  const model = useModel(store, view);
  const isNew = path.length === 0 && pending.length === 0;
  const { id: conversationId, instructions } = snapshot.conversation;
  const lastPrompt = path.findLast(({ role }) => role === "user");
  const isTemporary = snapshot.conversation.temporary === true;
  const title = isTemporary ? words.temporary : isNew ? undefined : snapshot.conversation.title;
  useNamedMessage(store);

  const send = (content: string | Part[]) => {
    store.send(content, { model: model.inUse });
    anchor.toEnd();
  };

  if (gone) return <Gone />;
  return (
    <div className="flex h-full flex-col">
      <PageTitle name={title} answering={generation !== undefined} />
      <Header title={title}>
        {isNew && <TemporaryToggle on={isTemporary} />}
        <Instructions instructions={instructions} onKeep={store.instruct} />
        {!isNew && <ShareMenu conversation={snapshot.conversation} />}
        <ContinueElsewhere
          conversationId={isNew || isTemporary ? undefined : conversationId}
          inMenu={!isNew}
        />
      </Header>
      <InstructionsLine instructions={instructions} />
      {isTemporary && <p className="px-4 pb-1 text-center text-ink-faint text-xs">{words.temporaryNote}</p>}
      <div
        className={`flex min-h-0 flex-1 flex-col ${isNew ? "overflow-y-auto md:justify-center-safe md:gap-8 md:pb-[14dvh]" : ""}`}
      >
        {isNew ? (
          <Greeting />
        ) : (
          <Scroller anchor={anchor}>
            <ApprovalsProvider store={store} onItsWay={view.approving}>
              <MessageList view={view} actions={actions} onJump={anchor.letGo} />
            </ApprovalsProvider>
            {!generation && pending.length === 0 && <FollowUps answer={path.at(-1)} onAsk={send} />}
          </Scroller>
        )}
        <div className="mx-auto flex w-full max-w-column shrink-0 flex-col px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-6">
          <LineStatus caughtUpWords={view.caughtUpWords} />
          {isNew && <Suggestions onChoose={send} />}
          <Composer
            conversationId={conversationId}
            isNew={isNew}
            answering={generation !== undefined}
            model={model.current}
            onSend={send}
            onStop={store.cancel}
            onEditLast={lastPrompt && (() => void commands.run(`edit ${lastPrompt.id}`))}
            onBlur={leftComposer}
          >
            <ModelPicker models={model.models} value={model.current?.id} onChange={model.choose} />
          </Composer>
        </div>
      </div>
      <Announcer view={view} />
      <ConversationCommands view={view} store={store} />
    </div>
  );
}
