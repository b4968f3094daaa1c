import { z } from "zod";
import { idSchema } from "./ids.ts";

export const NAME_MAX_LENGTH = 100;

const time = z.iso.datetime();

/** Who is signed in. A guest has no password, and so no way back from another browser. */
export const accountSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** None for a guest. */
  email: z.string().nullable(),
  isGuest: z.boolean(),
  /** Whether they keep this instance. */
  isAdmin: z.boolean(),
});
export type Account = z.infer<typeof accountSchema>;

/** What better-auth answers to who signed in or up. */
export const signedInSchema = z.object({ user: z.object({ id: idSchema }) });

/** As better-auth has it. */
export const PASSWORD_MIN_LENGTH = 8;
export const PASSWORD_MAX_LENGTH = 128;

export const deviceSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
  createdAt: time,
  lastSeenAt: time,
});
export type Device = z.infer<typeof deviceSchema>;
export const deviceListSchema = z.object({ devices: z.array(deviceSchema) });

export const apiKeySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The last characters of the key. */
  ending: z.string(),
  createdAt: time,
  lastUsedAt: time.nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;
export const apiKeyListSchema = z.object({ apiKeys: z.array(apiKeySchema) });

export const makeApiKeyBody = z.object({ name: z.string().trim().min(1).max(NAME_MAX_LENGTH) });
/** `key` is told this once. */
export const madeApiKeySchema = z.object({ apiKey: apiKeySchema, key: z.string() });
