import { z } from "zod";
import { type Frame, toEntry } from "./sse.ts";

/**
 * What a line would have told by now, in its order, as JSON: for networks that hold an event stream back until it
 * ends. An item is an entry, or says that all of its log has been told, or that a snapshot must be loaded.
 */
const linePageSchema = z.object({
  told: z.array(
    z.looseObject({
      log: z.string(),
      sequence: z.int(),
      caughtUp: z.literal(true).optional(),
      reset: z.literal(true).optional(),
    }),
  ),
});

/** The frames that a line would have brought. Throws for what is no page. */
export function framesOfPage(content: unknown): Frame[] {
  return linePageSchema.parse(content).told.map((item): Frame => {
    const { log, sequence, caughtUp, reset } = item;
    if (caughtUp) return { kind: "control", event: "caught-up", data: { log, sequence } };
    if (reset) return { kind: "control", event: "reset", data: { log, sequence } };
    return toEntry(`${log}:${sequence}`, item);
  });
}
