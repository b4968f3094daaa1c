import { bigint, timestamp } from "drizzle-orm/pg-core";

/** A moment, by the millisecond, as it is told on the wire. */
export const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** The number of an entry in its log. */
export const sequence = (name: string) => bigint(name, { mode: "number" });
