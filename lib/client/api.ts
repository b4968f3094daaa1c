import { madeApiKeySchema, signInLinkSchema } from "#lib/protocol/accounts";
import {
  type ChangeAccountBody,
  type ChangeInstanceBody,
  changedAccountSchema,
  changedInstanceSchema,
  type InstanceView,
  type OverseenAccount,
  type OverseenList,
  overseenListSchema,
} from "#lib/protocol/admin";
import {
  type ApprovalBody,
  type ApprovalGiven,
  approvalGivenSchema,
  type Cancelled,
  type ChangeConversationBody,
  type ConversationList,
  type CreateConversationBody,
  cancelledSchema,
  changedSchema,
  conversationListSchema,
  createdSchema,
  type MarkReadBody,
  modelListSchema,
  type RegenerateBody,
  type SendPromptBody,
  type Sent,
  sentSchema,
} from "#lib/protocol/api";
import { type Conversation, type Snapshot, snapshotSchema } from "#lib/protocol/event";
import { type SearchHit, searchHitsSchema } from "#lib/protocol/search";
import { sharedSchema } from "#lib/protocol/share-token";
import { ask, askFully, type Fetch } from "./ask.ts";
import type { Clock } from "./clock.ts";
import { isThere } from "./is-there.ts";

type ListQuery = { before?: string; limit?: number; q?: string; archived?: boolean };

export type Api = ReturnType<typeof createApi>;

/** The server's calls. Each throws as `ask` does. */
export function createApi(deps: { fetch: Fetch; clock: Clock }) {
  return {
    /** Safe to ask again under the same message id: it is one prompt and one generation. */
    sendPrompt: (conversationId: string, prompt: SendPromptBody, signal?: AbortSignal): Promise<Sent> =>
      ask(deps, `/api/conversations/${conversationId}/messages`, {
        method: "POST",
        body: prompt,
        answer: sentSchema,
        signal,
      }),

    /** Safe to ask again under the same id, which is the new answer's. */
    regenerate: (messageId: string, body: RegenerateBody, signal?: AbortSignal): Promise<Sent> =>
      ask(deps, `/api/messages/${messageId}/regenerate`, {
        method: "POST",
        body,
        answer: sentSchema,
        signal,
      }),

    /** Safe to ask again: an answer that was given stays, and another one is refused. */
    giveApproval: (messageId: string, body: ApprovalBody, signal?: AbortSignal): Promise<ApprovalGiven> =>
      ask(deps, `/api/messages/${messageId}/approvals`, {
        method: "POST",
        body,
        answer: approvalGivenSchema,
        signal,
      }),

    /** Safe to ask again: it names the generation, and one that has ended stays as it is. */
    cancelGeneration: (generationId: string, signal?: AbortSignal): Promise<Cancelled> =>
      ask(deps, `/api/generations/${generationId}/cancel`, {
        method: "POST",
        answer: cancelledSchema,
        signal,
      }),

    loadSnapshot: (conversationId: string, signal?: AbortSignal): Promise<Snapshot> =>
      ask(deps, `/api/conversations/${conversationId}`, { answer: snapshotSchema, signal }),

    /** Whether this account has the conversation. */
    isThere: (conversationId: string, signal?: AbortSignal): Promise<boolean> =>
      isThere(deps, `/api/conversations/${conversationId}/events`, signal),

    /** Safe to ask again under the same id: it is one conversation. */
    createConversation: async (body: CreateConversationBody): Promise<Conversation> =>
      (await ask(deps, "/api/conversations", { method: "POST", body, answer: createdSchema })).conversation,

    changeConversation: (
      conversationId: string,
      body: ChangeConversationBody,
      options: { signal?: AbortSignal; outlivesPage?: boolean } = {},
    ) =>
      ask(deps, `/api/conversations/${conversationId}`, {
        method: "PATCH",
        body,
        answer: changedSchema,
        ...options,
      }),

    /** Says how far somebody has read. Safe to ask again, and out of order. */
    markRead: (conversationId: string, body: MarkReadBody, signal?: AbortSignal): Promise<void> =>
      ask(deps, `/api/conversations/${conversationId}/read`, { method: "POST", body, signal }),

    deleteConversation: (conversationId: string): Promise<void> =>
      ask(deps, `/api/conversations/${conversationId}`, { method: "DELETE" }),

    /** Makes the link by which anybody may read along, or gives the one there is. */
    shareConversation: async (conversationId: string): Promise<string> =>
      (await ask(deps, `/api/conversations/${conversationId}/share`, { method: "PUT", answer: sharedSchema }))
        .shareToken,

    unshareConversation: (conversationId: string): Promise<void> =>
      ask(deps, `/api/conversations/${conversationId}/share`, { method: "DELETE" }),

    /** Safe to ask again: the same conversation is taken in once. Says whether this was the time. */
    importConversation: async (body: unknown, signal?: AbortSignal): Promise<{ isNew: boolean }> => {
      const { status } = await askFully(deps, "/api/import", { method: "POST", body, signal });
      return { isNew: status === 201 };
    },

    /** Safe to ask again. */
    restoreConversation: async (conversationId: string): Promise<Conversation> =>
      (
        await ask(deps, `/api/conversations/${conversationId}/restore`, {
          method: "POST",
          answer: createdSchema,
        })
      ).conversation,

    listConversations: (query: ListQuery = {}, signal?: AbortSignal): Promise<ConversationList> =>
      ask(deps, `/api/conversations${search(query)}`, { answer: conversationListSchema, signal }),

    search: (q: string, signal?: AbortSignal): Promise<{ hits: SearchHit[] }> =>
      ask(deps, `/api/search${search({ q })}`, { answer: searchHitsSchema, signal }),

    makeApiKey: (body: { name: string }) =>
      ask(deps, "/api/api-keys", { method: "POST", body, answer: madeApiKeySchema }),

    revokeApiKey: (apiKeyId: string): Promise<void> =>
      ask(deps, `/api/api-keys/${apiKeyId}`, { method: "DELETE" }),

    makeSignInLink: (body: { conversationId?: string | undefined }) =>
      ask(deps, "/api/sign-in-links", { method: "POST", body, answer: signInLinkSchema }),

    signOutDevice: (deviceId: string): Promise<void> =>
      ask(deps, `/api/devices/${deviceId}`, { method: "DELETE" }),

    signOutOtherDevices: (): Promise<void> => ask(deps, "/api/devices", { method: "DELETE" }),

    signOut: (): Promise<void> => ask(deps, "/api/auth/sign-out", { method: "POST", body: {} }),

    changePassword: (body: { currentPassword: string; newPassword: string }): Promise<void> =>
      ask(deps, "/api/auth/change-password", { method: "POST", body }),

    listAccounts: (query: { q?: string; before?: string } = {}): Promise<OverseenList> =>
      ask(deps, `/api/admin/accounts${search(query)}`, { answer: overseenListSchema }),

    changeAccount: async (accountId: string, body: ChangeAccountBody): Promise<OverseenAccount> =>
      (
        await ask(deps, `/api/admin/accounts/${accountId}`, {
          method: "PATCH",
          body,
          answer: changedAccountSchema,
        })
      ).account,

    changeInstance: async (body: ChangeInstanceBody): Promise<InstanceView> =>
      (await ask(deps, "/api/admin/instance", { method: "PATCH", body, answer: changedInstanceSchema }))
        .instance,

    listModels: async () => (await ask(deps, "/api/models", { answer: modelListSchema })).models,
  };
}

function search(query: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  return given.length === 0
    ? ""
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
