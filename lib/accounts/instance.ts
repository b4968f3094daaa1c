import { and, eq, isNull } from "drizzle-orm";
import { instance } from "#drizzle/accounts";
import type { Database } from "#lib/database/client";
import type { Settings } from "#lib/env";
import type { ChangeInstanceBody, InstanceView } from "#lib/protocol/admin";

export type InstanceSettings = Pick<Settings, "SIGN_UP" | "PROMPTS_PER_DAY" | "GUEST_PROMPTS_PER_DAY">;

/** What the admin said of this instance, and what holds where they said nothing. */
export async function readInstance(database: Database, settings: InstanceSettings): Promise<InstanceView> {
  const [row] = await database.select().from(instance);
  return {
    signUp: row?.signUp ?? null,
    promptsPerDay: row?.promptsPerDay ?? null,
    guestPromptsPerDay: row?.guestPromptsPerDay ?? null,
    settings: {
      signUp: settings.SIGN_UP,
      promptsPerDay: settings.PROMPTS_PER_DAY ?? null,
      guestPromptsPerDay: settings.GUEST_PROMPTS_PER_DAY ?? null,
    },
  };
}

/** It holds at once, in all processes: whoever needs it asks the database. */
export async function changeInstance(database: Database, change: ChangeInstanceBody): Promise<void> {
  await database.insert(instance).values(change).onConflictDoUpdate({ target: instance.isOnly, set: change });
}

/** Whether new accounts are taken. What the settings close, nobody opens. */
export async function takesSignUps(database: Database, settings: InstanceSettings): Promise<boolean> {
  if (settings.SIGN_UP === "closed") return false;
  return (await readInstance(database, settings)).signUp !== "closed";
}

/** Makes an account the admin if there is none. The database decides between two that come at once. */
export async function claimAdmin(database: Database, accountId: string): Promise<void> {
  await database
    .insert(instance)
    .values({ adminId: accountId })
    .onConflictDoUpdate({
      target: instance.isOnly,
      set: { adminId: accountId },
      setWhere: isNull(instance.adminId),
    });
}

export async function isAdmin(database: Database, accountId: string): Promise<boolean> {
  const found = await database
    .select({ adminId: instance.adminId })
    .from(instance)
    .where(and(instance.isOnly, eq(instance.adminId, accountId)));
  return found.length > 0;
}
