import { z } from "zod";
import { idSchema } from "./ids.ts";

const time = z.iso.datetime();
/** Prompts a day: the column is an integer. */
const PROMPTS_MAX = 1_000_000_000;
const promptsPerDay = z.int().min(1).max(PROMPTS_MAX).nullable();
const signUp = z.enum(["open", "closed"]);

/** An account as its admin sees it: who, since when, and how much; nothing of what is said. */
export const overseenAccountSchema = z.object({
  id: idSchema,
  name: z.string(),
  email: z.string(),
  isGuest: z.boolean(),
  createdAt: time,
  /** When its newest device was; null while none is signed in. */
  lastSeenAt: time.nullable(),
  disabledAt: time.nullable(),
  conversations: z.int(),
  promptsToday: z.int(),
});
export type OverseenAccount = z.infer<typeof overseenAccountSchema>;

/** Guests come and go, so they are counted and not listed. */
export const overseenListSchema = z.object({
  accounts: z.array(overseenAccountSchema),
  next: idSchema.nullable(),
  guests: z.object({ count: z.int(), promptsToday: z.int() }),
});
export type OverseenList = z.infer<typeof overseenListSchema>;

export const overseenQuery = z.object({
  q: z.string().trim().max(200).optional(),
  /** The `next` of the page before. */
  before: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const changeAccountBody = z.object({ disabled: z.boolean() });
export type ChangeAccountBody = z.infer<typeof changeAccountBody>;

/** What the admin said, null where that is nothing, and beside it what the settings say. */
export const instanceSchema = z.object({
  signUp: signUp.nullable(),
  promptsPerDay,
  guestPromptsPerDay: promptsPerDay,
  settings: z.object({ signUp, promptsPerDay, guestPromptsPerDay: promptsPerDay }),
});
export type InstanceView = z.infer<typeof instanceSchema>;

export const changedAccountSchema = z.object({ account: overseenAccountSchema });
export const changedInstanceSchema = z.object({ instance: instanceSchema });

export const changeInstanceBody = z
  .object({ signUp: signUp.nullable(), promptsPerDay, guestPromptsPerDay: promptsPerDay })
  .partial()
  .refine((body) => Object.keys(body).length > 0, "nothing to change");
export type ChangeInstanceBody = z.infer<typeof changeInstanceBody>;
