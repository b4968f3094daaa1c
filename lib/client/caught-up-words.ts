import type { Message } from "#lib/protocol/event";

/** How many words of answers `now` has more than `before` had. Never below none. */
export function caughtUpWords(before: Message[], now: Message[]): number {
  const known = new Map(before.map((message) => [message.id, message]));
  let words = 0;
  for (const message of now) {
    const old = known.get(message.id);
    if (old !== message) words += wordsOf(message) - (old ? wordsOf(old) : 0);
  }
  return Math.max(0, words);
}

function wordsOf({ role, parts }: Message): number {
  if (role !== "assistant") return 0;
  return parts.reduce((words, part) => words + (part.type === "text" ? countWords(part.text) : 0), 0);
}

/** Scripts that set no spaces count by character, as their readers do. */
function countWords(text: string): number {
  return (
    text.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\s\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]+/gu)
      ?.length ?? 0
  );
}
