ALTER TABLE "conversations" ADD COLUMN "read_sequence" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "generations" ADD COLUMN "end_sequence" bigint;