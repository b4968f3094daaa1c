CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"conversation_id" uuid,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"size" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
-- What there is has the title it has: nobody names it anew.
ALTER TABLE "conversations" ADD COLUMN "titled_by" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "titled_by" SET DEFAULT 'prompt';--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "temporary" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "draft" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "share_token" text;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "deleted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "started_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_of_account" ON "files" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "files_of_conversation" ON "files" USING btree ("conversation_id");--> statement-breakpoint
-- The words of a message that are searched. So many of them that the longest index entry Postgres takes is never met.
CREATE FUNCTION "message_text"("parts" jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (
    SELECT left(string_agg(part.value ->> 'text', E'\n\n' ORDER BY part.ordinality), 100000)
    FROM jsonb_array_elements("parts") WITH ORDINALITY AS part
    WHERE part.value ->> 'type' = 'text'
  );--> statement-breakpoint
CREATE INDEX "messages_words" ON "messages" USING gin (to_tsvector('simple', message_text("parts")));--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_share_token_unique" UNIQUE("share_token");