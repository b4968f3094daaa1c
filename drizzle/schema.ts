import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { DeviceKind, Generation, GenerationError, Message, Part, Usage } from "#lib/protocol/event";
import { accounts } from "./accounts.ts";
import { sequence, time } from "./columns.ts";

/** The conversation's id is also the id of its log. */
export const conversations = pgTable(
  "conversations",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    title: text("title").notNull().default("New conversation"),
    model: text("model"),
    instructions: text("instructions"),
    pinned: boolean("pinned").notNull().default(false),
    archived: boolean("archived").notNull().default(false),
    /** Who gave it its title: the first words of its prompt stand in until a model names it, and a person's stays. */
    titledBy: text("titled_by").$type<"prompt" | "model" | "person">().notNull().default("prompt"),
    /** In no list and found by no search, and erased with its log when it is left. */
    temporary: boolean("temporary").notNull().default(false),
    /** What was typed and not sent, for the account's other devices. */
    draft: text("draft"),
    /** Whoever has it may read along. */
    shareToken: text("share_token").unique(),
    leafId: uuid("leaf_id"),
    /** Up to which entry somebody has read. An answer that ended later is new. */
    readSequence: sequence("read_sequence").notNull().default(0),
    createdAt: time("created_at").notNull().defaultNow(),
    updatedAt: time("updated_at").notNull().defaultNow(),
    /** It is gone for everybody, and can be brought back until the janitor comes. */
    deletedAt: time("deleted_at"),
  },
  (table) => [
    index("conversations_of_account").on(table.accountId, table.updatedAt.desc(), table.id.desc()),
    // Few are in these two, so they cost nearly nothing. Without them the janitor reads the whole table for them.
    index("conversations_deleted").on(table.deletedAt).where(sql`deleted_at is not null`),
    index("conversations_temporary").on(table.updatedAt).where(sql`temporary`),
  ],
);

/** A tree by `parent_id`. `sequence` is the entry that added the message, so it orders siblings. */
export const messages = pgTable(
  "messages",
  {
    id: uuid("id").primaryKey(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    parentId: uuid("parent_id"),
    role: text("role").$type<Message["role"]>().notNull(),
    parts: jsonb("parts").$type<Part[]>().notNull(),
    metadata: jsonb("metadata"),
    model: text("model"),
    sequence: sequence("sequence").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("messages_of_conversation").on(table.conversationId, table.sequence),
    // What is searched. `message_text` is made by the migration, since Drizzle knows no functions.
    index("messages_words").using("gin", sql`to_tsvector('simple', message_text(${table.parts}))`),
  ],
);

const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** What was attached. It belongs to whoever uploaded it until it is sent, and from then on to its conversation. */
export const files = pgTable(
  "files",
  {
    id: uuid("id").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    conversationId: uuid("conversation_id").references(() => conversations.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    mediaType: text("media_type").notNull(),
    size: integer("size").notNull(),
    bytes: bytea("bytes").notNull(),
    createdAt: time("created_at").notNull().defaultNow(),
  },
  (table) => [
    index("files_of_account").on(table.accountId),
    index("files_of_conversation").on(table.conversationId),
  ],
);

export const generations = pgTable(
  "generations",
  {
    id: uuid("id").primaryKey(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversations.id, { onDelete: "cascade" }),
    /** The assistant message that it makes. */
    messageId: uuid("message_id").notNull(),
    model: text("model").notNull(),
    status: text("status").$type<Generation["status"]>().notNull(),
    attempt: integer("attempt").notNull().default(0),
    /** Attempts that were given back in order, with something to go on from. They do not count as failed. */
    handedOver: integer("handed_over").notNull().default(0),
    error: jsonb("error").$type<GenerationError>(),
    usage: jsonb("usage").$type<Usage>(),
    /** What kind of device it was cancelled from, where that is known. */
    stoppedFrom: text("stopped_from").$type<DeviceKind>(),
    /** Its first entry. All that it wrote comes after. */
    sequence: sequence("sequence").notNull(),
    /** Its last entry, once it has ended. */
    endSequence: sequence("end_sequence"),
    createdAt: time("created_at").notNull().defaultNow(),
    /** When its first attempt began; before that it waited for its turn. */
    startedAt: time("started_at"),
    endedAt: time("ended_at"),
  },
  (table) => [
    index("generations_of_conversation").on(table.conversationId),
    index("generations_of_message").on(table.messageId),
    // Small for ever: what has ended leaves it. Queue and takeover are found here.
    index("generations_open").on(table.createdAt).where(sql`status in ('queued', 'running')`),
  ],
);

/**
 * The pen. One narrow row per log: its counter, and the only right to write a generation.
 * No index beyond the key and room on the page, so that every append is a HOT update. What an append changes stands
 * last and together: Postgres writes down what lies between the first and the last byte that changed.
 */
export const logs = pgTable("logs", {
  logId: uuid("log_id").primaryKey(),
  generationId: uuid("generation_id"),
  attempt: integer("attempt").notNull().default(0),
  workerId: text("worker_id"),
  leaseExpiresAt: timestamp("lease_expires_at", { withTimezone: true }),
  /** Entries that the current attempt has appended; a lost acknowledgement is recognised by it. */
  position: sequence("position").notNull().default(0),
  head: sequence("head").notNull().default(0),
});

/** Which database the numbers of the logs were given out in. One row. Elsewhere is where a backup was restored. */
export const origin = pgTable(
  "origin",
  {
    isOnly: boolean("is_only").primaryKey().default(true),
    database: text("database").notNull(),
  },
  (table) => [check("origin_is_one_row", sql`${table.isOnly}`)],
);

/** Append-only. `event` is `json` and not `jsonb`: it is written once, sent as it stands, never searched. */
export const entries = pgTable(
  "entries",
  {
    logId: uuid("log_id").notNull(),
    sequence: sequence("sequence").notNull(),
    generationId: uuid("generation_id"),
    event: json("event").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.logId, table.sequence] })],
);
