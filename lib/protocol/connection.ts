import { z } from "zod";
import { sequenceText } from "./place.ts";

const TICKS_MAX_COUNT = 100;
const TICK_MAX_MS = 20_000;

const number = (most: number, otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(most))
    .default(otherwise);

export const connectionQuery = z.object({
  ticks: number(TICKS_MAX_COUNT, 1).describe(`How many there are; ${TICKS_MAX_COUNT} at most.`),
  everyMs: number(TICK_MAX_MS, 100).describe(`Milliseconds before each; ${TICK_MAX_MS} at most.`),
  after: sequenceText.default(0).describe("The last tick that the asker has; absent: 0."),
});

/** Says nothing but that its time had come. Its number is as that of any entry. */
export const tickSchema = z.object({
  type: z.literal("tick"),
  /** When it was due, by the server's clock. */
  dueAtMs: z.int(),
});

const place = { first: z.int(), sequence: z.int() };

/** The data of a frame: a tick, or what `bye` carries. */
export const tickFrameSchema = z.union([
  z.object({ ...place, event: tickSchema }),
  z.object({ reason: z.string(), retryMs: z.int() }),
]);

export const connectionSchema = z.object({
  /** The server's clock. */
  time: z.iso.datetime(),
  /** How far the database's clock is ahead of it. */
  databaseAheadMs: z.int(),
});
