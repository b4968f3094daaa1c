import { and, desc, eq, gt, ne, sql } from "drizzle-orm";
import { devices } from "#drizzle/accounts";
import type { Database, Transaction } from "#lib/database/client";
import { Failure } from "#lib/errors";
import type { Device } from "#lib/protocol/accounts";

type Owner = { accountId: string };

/** The devices that are signed in to an account, the one seen last first. `current` is the one that asks. */
export async function listDevices(
  database: Database,
  { accountId, deviceId }: Owner & { deviceId: string },
): Promise<Device[]> {
  const rows = await database
    .select()
    .from(devices)
    .where(and(eq(devices.accountId, accountId), gt(devices.expiresAt, sql`now()`)))
    .orderBy(desc(devices.lastSeenAt), desc(devices.id));
  return rows.map((row) => ({
    id: row.id,
    name: row.name ?? "Unknown device",
    current: row.id === deviceId,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }));
}

/** Signs a device out, wherever it is. Its open lines end within seconds. */
export async function signOutDevice(
  database: Database,
  { accountId, deviceId }: Owner & { deviceId: string },
): Promise<void> {
  const ended = await database
    .delete(devices)
    .where(and(eq(devices.id, deviceId), eq(devices.accountId, accountId)))
    .returning({ id: devices.id });
  if (ended.length === 0) throw new Failure("not-found", "There is no such device, or it is not yours.");
}

/** Signs out every device but the one that asks. */
export async function signOutOtherDevices(
  database: Database,
  { accountId, deviceId }: Owner & { deviceId: string },
): Promise<void> {
  await database.delete(devices).where(and(eq(devices.accountId, accountId), ne(devices.id, deviceId)));
}

/** Signs out every device of an account. */
export async function signOutAll(transaction: Transaction, accountId: string): Promise<void> {
  await transaction.delete(devices).where(eq(devices.accountId, accountId));
}

export async function noteDeviceSeen(database: Database, deviceId: string): Promise<void> {
  await database.update(devices).set({ lastSeenAt: sql`now()` }).where(eq(devices.id, deviceId));
}
