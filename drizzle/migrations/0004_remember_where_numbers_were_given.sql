CREATE TABLE "origin" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"database" text NOT NULL,
	CONSTRAINT "origin_is_one_row" CHECK ("origin"."is_only")
);
