import type { KeyboardEvent } from "react";

/** Enter sends where there is a keyboard. On glass, Enter is a new line and the button sends. */
export function meansSend(event: KeyboardEvent): boolean {
  // While an input method composes, Enter chooses a word. Safari reports that one late, with code 229.
  const composing = event.nativeEvent.isComposing || event.keyCode === 229;
  return event.key === "Enter" && !event.shiftKey && !composing && !matchMedia("(pointer: coarse)").matches;
}
