export const BACK_OFF_BASE_MS = 250;
export const BACK_OFF_CAP_MS = 10_000;

/**
 * How long to wait before try number `attempt` + 1, in milliseconds: anything from nothing up to a bound
 * that doubles with each try that brought nothing. A thousand tabs that lost one server come back spread
 * over the whole span and not in step ("full jitter").
 *
 * @param attempt tries in a row that brought nothing, from 1
 * @param random a number in [0, 1)
 */
export function backOff(attempt: number, random: () => number): number {
  if (attempt <= 0) return 0;
  return random() * Math.min(BACK_OFF_CAP_MS, BACK_OFF_BASE_MS * 2 ** (attempt - 1));
}
