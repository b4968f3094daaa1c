import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { listApiKeys } from "#lib/accounts/api-keys";
import { hasPassword } from "#lib/accounts/credentials";
import { listDevices } from "#lib/accounts/devices";
import { readInstance } from "#lib/accounts/instance";
import { signedIn } from "#lib/accounts/who";
import type { Asker } from "#lib/asker";
import { loadAccount } from "#lib/conversations/list-conversations";
import { loadSnapshot } from "#lib/conversations/load-snapshot";
import { overseeAccounts } from "#lib/conversations/oversee-accounts";
import { env } from "#lib/env";
import { hasCode } from "#lib/errors";
import type { Account, ApiKey, Device } from "#lib/protocol/accounts";
import { type InstanceView, type OverseenList, overseenQuery } from "#lib/protocol/admin";
import type { Model } from "#lib/protocol/api";
import type { AccountSnapshot, DeviceKind, Snapshot } from "#lib/protocol/event";
import { idSchema } from "#lib/protocol/ids";
import { server } from "#lib/server";
import { deviceKind } from "./device-kind.ts";
import { keepAwake } from "./keep-awake.ts";

/** What every page needs: who looks and on what, the account's conversations, and what the settings offer. */
export async function loadPage(): Promise<{
  owner: Account;
  device: DeviceKind | undefined;
  account: AccountSnapshot;
  models: Model[];
  /** The sites whose images are shown without asking. */
  imageOrigins: string[];
}> {
  const { account: owner } = await whoLooks();
  const { database, models } = server();
  const [account, list] = await Promise.all([loadAccount(database, owner.id), models.list()]);
  return {
    owner,
    device: deviceKind(await headers()),
    account,
    models: list,
    imageOrigins: env().IMAGE_ORIGINS,
  };
}

/** The conversation at an address, or undefined if there is none that is theirs. */
export async function loadConversation(id: string): Promise<Snapshot | undefined> {
  const { accountId } = (await whoLooks()).asker;
  const conversationId = idSchema.safeParse(id).data;
  if (!conversationId) return undefined;
  try {
    return await loadSnapshot(server().database, { accountId, conversationId });
  } catch (error) {
    if (hasCode(error, "not-found")) return undefined;
    throw error;
  }
}

/** What the settings page shows. */
export async function loadSettings(): Promise<{
  devices: Device[];
  apiKeys: ApiKey[];
  hasPassword: boolean;
}> {
  const { accountId, by } = (await whoLooks()).asker;
  const { database } = server();
  const [devices, apiKeys, canChangePassword] = await Promise.all([
    listDevices(database, { accountId, deviceId: by.id }),
    listApiKeys(database, { accountId }),
    hasPassword(database, accountId),
  ]);
  return { devices, apiKeys, hasPassword: canChangePassword };
}

/** What the admin's page begins with; undefined for everybody else. */
export async function loadAdmin(): Promise<{ list: OverseenList; instance: InstanceView } | undefined> {
  if (!(await whoLooks()).account.isAdmin) return undefined;
  const { database, instanceSettings } = server();
  const [list, instance] = await Promise.all([
    overseeAccounts(database, overseenQuery.parse({})),
    readInstance(database, instanceSettings),
  ]);
  return { list, instance };
}

/** Asked by the layout and by the page in it, and looked up once for both. */
const whoLooks = cache(async (): Promise<{ asker: Asker; account: Account }> => {
  const asked = await headers(); // First: with it the page is drawn for who asks, and not when it is built.
  keepAwake();
  return (await signedIn(server(), asked)) ?? redirect("/sign-in");
});
