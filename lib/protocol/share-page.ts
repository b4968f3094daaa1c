import { z } from "zod";
import { type Frame, toEntry } from "./sse.ts";

const sharePage = z.object({
  entries: z.array(z.looseObject({ sequence: z.int() })),
  sequence: z.int(),
  reset: z.literal(true).optional(),
});

/** The frames that the line of a link would have brought. Throws for what is no page of one. */
export function framesOfSharePage(content: unknown): Frame[] {
  const { entries, sequence, reset } = sharePage.parse(content);
  if (reset) return [{ kind: "control", event: "reset", data: { sequence } }];
  const frames = entries.map((entry) => toEntry(String(entry.sequence), entry));
  return [...frames, { kind: "control", event: "caught-up", data: { sequence } }];
}
