import { useState, useSyncExternalStore } from "react";
import { tellFailure } from "#components/ui/notice";
import { useModels, useTab } from "#components/workspace/tab-provider";
import type { ConversationStore } from "#lib/client/conversation-store";
import type { ConversationView } from "#lib/client/conversation-view";
import { composerWords } from "#words/composer";
import { modelInUse } from "./model-in-use.ts";

/** The model that the next prompt asks for, and the way to another one: here at once, and then on every device. */
export function useModel(store: ConversationStore, view: ConversationView) {
  const models = useModels();
  const { lastModel } = useTab();
  const of = view.snapshot.conversation.model;
  const [chosen, setChosen] = useState<{ id: string; before: string | null }>();
  // Only this browser knows, and the page comes from the server.
  const last = useSyncExternalStore(neverTold, lastModel.read, () => undefined);

  const choose = (id: string) => {
    setChosen({ id, before: of });
    lastModel.write(id);
    if (!store.isThere()) return;
    const choosing = store.chooseModel(id);
    choosing.catch(() => setChosen(undefined));
    tellFailure(choosing, composerWords.modelNotChosen);
  };

  // What was chosen here holds until the conversation says otherwise, from whichever device.
  const wanted = chosen?.before === of ? chosen.id : undefined;
  const inUse = modelInUse(view, models, wanted, last);
  const current = models.find(({ id }) => id === inUse) ?? models.find((offered) => offered.default);
  return { models, inUse, current, choose };
}

const neverTold = () => () => {};
