import type { Asker } from "#lib/asker";
import type { Database } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { Account } from "#lib/protocol/accounts";
import { ACCOUNT_HEADER } from "#lib/protocol/api";
import { findApiKey, noteApiKeyUse } from "./api-keys.ts";
import type { Auth } from "./auth.ts";
import { noteDeviceSeen } from "./devices.ts";
import { ACCOUNT_DISABLED } from "./disabled.ts";
import { isAdmin as isAdminOf } from "./instance.ts";

/** How late a "last seen" may be. It saves a write with nearly every request. */
const SEEN_AGAIN_MS = 60_000;

export type WhoDeps = { auth: Auth; database: Database };

/** The account that a request speaks for. */
export async function whoAsks(deps: WhoDeps, request: Request): Promise<Asker> {
  const given = request.headers.get("authorization");
  const known = given === null ? await ofCookie(deps, request.headers) : await ofKey(deps, given);
  if (known?.disabledAt) throw new Failure("not-signed-in", ACCOUNT_DISABLED);
  const asker = known?.asker;
  const meant = request.headers.get(ACCOUNT_HEADER);
  if (asker && meant !== null && meant !== asker.accountId) {
    throw new Failure("not-signed-in", "Somebody else is signed in by now. Reload the page to go on.");
  }
  if (asker) return asker;
  throw new Failure(
    "not-signed-in",
    given === null
      ? "Open the page in a browser and sign in, or send an API key: Authorization: Bearer <key>."
      : "This API key is not known here, or was revoked. Make one in the settings.",
  );
}

/** The account and the device of a cookie, or undefined if it is nobody's any more. */
export async function signedIn(
  deps: WhoDeps,
  headers: Headers,
): Promise<{ asker: Asker; account: Account } | undefined> {
  const known = await ofCookie(deps, headers);
  if (!known || known.disabledAt) return undefined;
  const { asker, account } = known;
  const isAdmin = !account.isGuest && (await isAdminOf(deps.database, account.id));
  return { asker, account: { ...account, isAdmin } };
}

/** Whoever is not the admin, or asks with a key, is told what they are told where nothing is. */
export async function mustBeAdmin(database: Database, { accountId, by }: Asker): Promise<void> {
  if (by.kind === "device" && (await isAdminOf(database, accountId))) return;
  throw new Failure("not-found", "There is nothing at this address.");
}

type Known = { asker: Asker; disabledAt: Date | null | undefined };

async function ofCookie(
  { auth, database }: WhoDeps,
  headers: Headers,
): Promise<(Known & { account: Omit<Account, "isAdmin"> }) | undefined> {
  const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
  if (!found) return undefined;
  const { session: device, user } = found;
  if (isLongAgo(device.lastSeenAt)) await noteDeviceSeen(database, device.id);
  const isGuest = user.isAnonymous ?? false;
  return {
    asker: { accountId: user.id, by: { kind: "device", id: device.id } },
    account: { id: user.id, name: user.name, email: isGuest ? null : user.email, isGuest },
    disabledAt: user.disabledAt,
  };
}

async function ofKey({ database }: WhoDeps, authorization: string): Promise<Known | undefined> {
  const [, key] = /^Bearer +(\S+)$/i.exec(authorization.trim()) ?? [];
  const found = key === undefined ? undefined : await findApiKey(database, key);
  if (!found) return undefined;
  if (isLongAgo(found.lastUsedAt)) await noteApiKeyUse(database, found.id);
  const asker: Asker = { accountId: found.accountId, by: { kind: "api-key", id: found.id } };
  return { asker, disabledAt: found.disabledAt };
}

function isLongAgo(time: Date | null | undefined): boolean {
  return !time || Date.now() - time.getTime() > SEEN_AGAIN_MS;
}
