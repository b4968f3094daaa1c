import { headers } from "next/headers";
import { whoAsks } from "#lib/accounts/who";
import { loadAccount } from "#lib/conversations/list-conversations";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { hasCode } from "#lib/errors";
import type { Model } from "#lib/protocol/api";
import type { AccountSnapshot, DeviceKind, Snapshot } from "#lib/protocol/event";
import { idSchema } from "#lib/protocol/ids";
import { server } from "#lib/server";
import { deviceKind } from "./device-kind.ts";

/** What every page needs: who looks and on what, the account's conversations, and the models there are. */
export async function loadPage(): Promise<{
  accountId: string;
  device: DeviceKind | undefined;
  account: AccountSnapshot;
  models: Model[];
}> {
  const accountId = await whoLooks();
  const { database, models } = server();
  const [account, list] = await Promise.all([loadAccount(database, accountId), models.list()]);
  return { accountId, device: deviceKind(await headers()), account, models: list };
}

/** The conversation at an address, or undefined if there is none that is theirs. */
export async function loadConversation(id: string): Promise<Snapshot | undefined> {
  const accountId = await whoLooks();
  const conversationId = idSchema.safeParse(id).data;
  if (!conversationId) return undefined;
  try {
    return await loadSnapshot(server().database, { accountId, conversationId });
  } catch (error) {
    if (hasCode(error, "not-found")) return undefined;
    throw error;
  }
}

async function whoLooks(): Promise<string> {
  return whoAsks(new Request("http://page", { headers: await headers() }));
}
