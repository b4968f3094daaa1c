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

/** Long enough to take up a phone, too short to be found in a history. */
export const SIGN_IN_LINK_MAX_AGE_SECONDS = 120;

/** A way in for another device, by its page `/continue#<token>`: once, and until it expires. */
export const signInLinkSchema = z.object({ token: z.string(), expiresAt: time });
export type SignInLink = z.infer<typeof signInLinkSchema>;

export const makeSignInLinkBody = z.object({
  /** The conversation that is to be open there. */
  conversationId: idSchema.optional(),
});

const LINK_TOKEN_MAX_LENGTH = 200;
const linkToken = z.string().min(1).max(LINK_TOKEN_MAX_LENGTH);
export const lookAtSignInLinkBody = z.object({ token: linkToken });
/** Whose account it leads to; a guest has no email. */
export const seenSignInLinkSchema = z.object({ name: z.string(), email: z.string().nullable() });
export const signInByLinkBody = z.object({ token: linkToken });
export const signedInByLinkSchema = z.object({
  user: z.object({ id: idSchema }),
  conversationId: idSchema.nullable(),
});

/** Somewhere else where people have an account that they can sign in by. */
export type SignInProvider = { id: string; name: string };

export const goElsewhereSchema = z.object({ url: z.url() });

export const makeApiKeyBody = z.object({ name: z.string().trim().min(1).max(NAME_MAX_LENGTH) });
/** `key` is told this once. */
export const madeApiKeySchema = z.object({ apiKey: apiKeySchema, key: z.string() });
