import type { ConversationView } from "#lib/client/conversation-view";
import type { Model } from "#lib/protocol/api";

/**
 * The model that the next prompt asks for: the one just chosen, the conversation's own, the one that answered last,
 * or, before anything was said, the one that was chosen last on this device. None of them, if it is no longer there;
 * then the server's default answers.
 */
export function modelInUse(
  { snapshot, path }: Pick<ConversationView, "snapshot" | "path">,
  models: Model[],
  chosen: string | undefined,
  lastOnDevice: string | undefined,
): string | undefined {
  const wanted =
    chosen ?? snapshot.conversation.model ?? path.findLast(({ model }) => model)?.model ?? lastOnDevice;
  return models.find(({ id }) => id === wanted)?.id;
}
