import type { Generation, Message } from "#lib/protocol/event";
import { messagesWords as words } from "#words/messages";

/** Below this a speed is an accident. */
const SPEED_MIN_TOKENS = 20;
const SPEED_MIN_MS = 500;

const number = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

/** What there is to know about how an answer was made, as far as it is known. In the browser: times are local. */
export function detailsOf(
  message: Message,
  generation: Generation | undefined,
): { name: string; value: string }[] {
  const { startedAt, endedAt, usage } = generation ?? {};
  const tookMs = startedAt && endedAt ? Date.parse(endedAt) - Date.parse(startedAt) : undefined;
  const output = usage?.outputTokens;
  const hasSpeed =
    output !== undefined && tookMs !== undefined && output >= SPEED_MIN_TOKENS && tookMs >= SPEED_MIN_MS;
  const facts: [string, string | undefined][] = [
    [words.model, message.model ?? undefined],
    [words.time, localTime(endedAt ?? message.createdAt)],
    [words.took, tookMs === undefined ? undefined : durationOf(tookMs)],
    [words.tokensIn, usage?.inputTokens?.toLocaleString("en")],
    [words.tokensOut, output?.toLocaleString("en")],
    [words.speed, hasSpeed ? words.tokensPerSecond(number.format(output / (tookMs / 1_000))) : undefined],
  ];
  return facts.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

function localTime(time: string): string {
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium" }).format(new Date(time));
}

export function durationOf(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 60) return words.seconds(number.format(seconds));
  return words.minutes(Math.floor(seconds / 60), Math.floor(seconds % 60));
}
