import type { Settings } from "#lib/env";

/** How much one account may. What is undefined has no limit. */
export type Limits = {
  promptsPerMinute: number | undefined;
  promptsPerDay: number | undefined;
  guestPromptsPerDay: number | undefined;
  generationsAtOnce: number | undefined;
};

export type LimitSettings = Pick<
  Settings,
  "PROMPTS_PER_MINUTE" | "PROMPTS_PER_DAY" | "GUEST_PROMPTS_PER_DAY" | "GENERATIONS_PER_ACCOUNT"
>;

export const UNLIMITED: Limits = {
  promptsPerMinute: undefined,
  promptsPerDay: undefined,
  guestPromptsPerDay: undefined,
  generationsAtOnce: undefined,
};

export function limitsOf(settings: LimitSettings): Limits {
  return {
    promptsPerMinute: settings.PROMPTS_PER_MINUTE,
    promptsPerDay: settings.PROMPTS_PER_DAY,
    guestPromptsPerDay: settings.GUEST_PROMPTS_PER_DAY,
    generationsAtOnce: settings.GENERATIONS_PER_ACCOUNT,
  };
}

/** What the admin says comes first, and what is said of guests before what is said of everybody. */
export function promptsPerDay(
  limits: Pick<Limits, "promptsPerDay" | "guestPromptsPerDay">,
  { isGuest, ...said }: { isGuest: boolean; promptsPerDay: number | null; guestPromptsPerDay: number | null },
): number | undefined {
  const everybody = said.promptsPerDay ?? limits.promptsPerDay;
  return isGuest ? (said.guestPromptsPerDay ?? limits.guestPromptsPerDay ?? everybody) : everybody;
}
