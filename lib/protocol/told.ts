import { z } from "zod";
import { ACCOUNT_LOG, accountEventSchema, conversationEventSchema } from "./event.ts";
import { idSchema } from "./ids.ts";

// What of logs goes out, to the letter. Readers are to be laxer than this: `sse.ts` lets pass what it does not know.

/** An event of a type that comes with a later server. Readers ignore it. */
const laterThan = (known: string[]) =>
  z
    .looseObject({ type: z.string() })
    .meta({ override: { properties: { type: { type: "string", not: { enum: known } } } } });

const typesOf = ({ options }: typeof conversationEventSchema | typeof accountEventSchema) =>
  options.map(({ shape }) => shape.type.value);

const conversationEvent = z.union([conversationEventSchema, laterThan(typesOf(conversationEventSchema))]);
const accountEvent = z.union([accountEventSchema, laterThan(typesOf(accountEventSchema))]);

const place = { first: z.int(), sequence: z.int() };
const bye = { reason: z.string(), retryMs: z.int() };

export const entrySchema = z.object({ ...place, event: conversationEvent });

/** An entry as it is told to whoever has only a link. What they are not told has its number and no more. */
export const sharedEntrySchema = z.object({
  ...place,
  event: z.union([conversationEventSchema, z.object({ type: z.literal("withheld") })]),
});

/** An entry that names its log, because others are told beside it. */
export const namedEntrySchema = z.union([
  z.object({ log: z.literal(ACCOUNT_LOG), ...place, event: accountEvent }),
  z.object({ log: idSchema, ...place, event: conversationEvent }),
]);

const logName = z.union([z.literal(ACCOUNT_LOG), idSchema]);

/** The data of a frame of one log: an entry, or what `caught-up`, `reset` and `bye` carry. */
export const frameSchema = z.union([entrySchema, z.object({ sequence: z.int() }), z.object(bye)]);

/** The same for whoever has only a link. */
export const sharedFrameSchema = z.union([sharedEntrySchema, z.object({ sequence: z.int() }), z.object(bye)]);

/** The same of several logs. The whole line may say `bye`, or one of its logs. */
export const namedFrameSchema = z.union([
  namedEntrySchema,
  z.object({ log: logName, sequence: z.int() }),
  z.object({ log: logName.optional(), ...bye }),
]);

/** A page of one log. `reset`: the number asked for is not kept any more, or above the head. */
export const pageSchema = z.object({
  entries: z.array(entrySchema),
  sequence: z.int(),
  generating: z.boolean(),
  reset: z.literal(true).optional(),
});

/** The same for whoever has only a link. */
export const sharedPageSchema = pageSchema.extend({ entries: z.array(sharedEntrySchema) });

/** A page of several logs, in the order in which a line would tell it. */
export const namedPageSchema = z.object({
  told: z.array(
    z.union([
      namedEntrySchema,
      z.object({ log: logName, sequence: z.int(), caughtUp: z.literal(true) }),
      z.object({ log: logName, sequence: z.int(), reset: z.literal(true) }),
    ]),
  ),
});
