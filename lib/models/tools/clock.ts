import { tool } from "ai";
import { z } from "zod";

/** The longest IANA name has 32 characters. */
const TIME_ZONE_MAX_LENGTH = 64;

export const currentTimeSchema = z.object({
  /** The moment, ISO 8601 UTC. */
  moment: z.string(),
  timeZone: z.string(),
  /** The same moment as people there would say it. */
  local: z.string(),
});
type CurrentTime = z.infer<typeof currentTimeSchema>;

/** Tells the model the time: it has no clock of its own. */
export function createClock(now: () => Date) {
  const currentTime = tool({
    description: "The current date and time, in the time zone that is asked for.",
    inputSchema: z.object({
      timeZone: z
        .string()
        .max(TIME_ZONE_MAX_LENGTH)
        .default("UTC")
        .describe("An IANA time zone such as Europe/Berlin"),
    }),
    outputSchema: currentTimeSchema,
    execute: ({ timeZone }) => tellTime(now(), timeZone),
  });
  return { ...currentTime, sideEffects: false };
}

function tellTime(moment: Date, timeZone: string): CurrentTime {
  const format = formatFor(timeZone);
  return { moment: moment.toISOString(), timeZone, local: format.format(moment) };
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", { timeZone, dateStyle: "full", timeStyle: "long" });
  } catch (cause) {
    // The model reads this sentence, and may ask again.
    throw new Error(`"${timeZone}" is not an IANA time zone. Use a name such as Europe/Berlin or UTC.`, {
      cause,
    });
  }
}
