CREATE INDEX "accounts_guests" ON "accounts" USING btree ("created_at") WHERE is_guest;--> statement-breakpoint
CREATE INDEX "conversations_deleted" ON "conversations" USING btree ("deleted_at") WHERE deleted_at is not null;--> statement-breakpoint
CREATE INDEX "conversations_temporary" ON "conversations" USING btree ("updated_at") WHERE temporary;