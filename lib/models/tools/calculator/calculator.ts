import { tool } from "ai";
import { z } from "zod";
import { apart } from "../apart.ts";

const EXPRESSION_MAX_LENGTH = 500;
const CALCULATE_MAX_MS = 3_000;

/** Calculates: models guess at numbers. */
export function createCalculator() {
  const calculator = tool({
    description:
      "Calculates a plain expression, as 2 * (3 + 4)^2, sqrt(2) / sin(pi / 3) or 5 km to mile. 12 % of x is 0.12 * x.",
    inputSchema: z.object({ expression: z.string().min(1).max(EXPRESSION_MAX_LENGTH) }),
    outputSchema: z.object({ expression: z.string(), result: z.string() }),
    async execute({ expression }, { abortSignal: signal }) {
      const answer = await apart<{ result: string } | { wrong: string }>(
        "calculator/calculate.worker.ts",
        { expression },
        { maxMs: CALCULATE_MAX_MS, signal, tooMuch: "This takes too long to calculate." },
      );
      if ("wrong" in answer) throw new Error(answer.wrong);
      return { expression, result: answer.result };
    },
  });
  return { ...calculator, sideEffects: false };
}
