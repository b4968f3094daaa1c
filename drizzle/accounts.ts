import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { time } from "./columns.ts";

/**
 * Who owns conversations. The account's id is also the id of its log. A guest is an account without credentials, whose
 * address leads nowhere. Written by better-auth, which calls it a user.
 */
export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull().default("Guest"),
    email: text("email").notNull().unique().default(sql`gen_random_uuid() || '@guest.placeholder.invalid'`),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    isGuest: boolean("is_guest").notNull().default(true),
    /** Since when the operator keeps it out. */
    disabledAt: time("disabled_at"),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  // By it the janitor finds the guests who are gone, and passes all others over.
  (table) => [index("accounts_guests").on(table.createdAt).where(sql`is_guest`)],
);

/** Browsers that are signed in. Written by better-auth, which calls one a session. */
export const devices = pgTable(
  "devices",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    /** What the device's cookie holds. */
    token: text("token").notNull().unique(),
    /** What a person knows it by, as "Firefox on Windows". */
    name: text("name"),
    /** Asked for by better-auth and left empty: where somebody is, is nobody's business. */
    ipAddress: text("ip_address"),
    lastSeenAt: time("last_seen_at").notNull().defaultNow(),
    expiresAt: time("expires_at").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [index("devices_of_account").on(table.accountId)],
);

/** By what an account signs in: a password's hash, or who it is elsewhere. Better-auth calls one an account. */
export const credentials = pgTable(
  "credentials",
  {
    id: uuid("id").primaryKey(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    providerId: text("provider_id").notNull(),
    /** Who it is at the provider. */
    subject: text("subject").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: time("access_token_expires_at"),
    refreshTokenExpiresAt: time("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [index("credentials_of_account").on(table.ownerId)],
);

/** What better-auth remembers between two steps of a sign-in. */
export const verifications = pgTable(
  "verifications",
  {
    id: uuid("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: time("expires_at").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
  },
  (table) => [index("verifications_by_identifier").on(table.identifier)],
);

/** By what programs speak for an account. Of the key itself only its hash is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    hash: text("hash").notNull().unique(),
    /** Its last characters, by which a person tells it from others. */
    ending: text("ending").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
    lastUsedAt: time("last_used_at"),
  },
  (table) => [index("api_keys_of_account").on(table.accountId)],
);

/** A way in for another device: once, and for a short time. Of what the link says only its hash is kept. */
export const signInLinks = pgTable("sign_in_links", {
  hash: text("hash").primaryKey(),
  accountId: uuid("account_id")
    .notNull()
    .references(() => accounts.id, { onDelete: "cascade" }),
  /** The conversation that is to be open there. */
  conversationId: uuid("conversation_id"),
  expiresAt: time("expires_at").notNull(),
});

/** How many prompts an account has sent in the minute and in the day that `started_at` begins. */
export const promptCounts = pgTable(
  "prompt_counts",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    period: text("period").$type<"minute" | "day">().notNull(),
    startedAt: time("started_at").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.period] })],
);

/** What holds for everybody here, as its admin has it. One row; what is null is as the settings say. */
export const instance = pgTable(
  "instance",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    /** Who keeps this instance: the first that signed up. */
    adminId: uuid("admin_id").references(() => accounts.id, { onDelete: "set null" }),
    signUp: text("sign_up").$type<"open" | "closed">(),
    promptsPerDay: integer("prompts_per_day"),
    guestPromptsPerDay: integer("guest_prompts_per_day"),
  },
  (table) => [check("instance_is_one_row", sql`${table.isOnly}`)],
);
