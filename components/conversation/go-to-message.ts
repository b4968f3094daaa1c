/**
 * Takes the focus to the next or the previous message, from the one that has it. Whoever comes from elsewhere begins
 * at the newest.
 */
export function goToMessage(step: 1 | -1): void {
  const messages = [...document.querySelectorAll<HTMLElement>("main article")];
  const from = messages.findIndex((message) => message.contains(document.activeElement));
  const message = from === -1 ? messages.at(-1) : messages[from + step];
  if (!message) return;
  message.tabIndex = -1;
  message.focus({ preventScroll: true });
  message.scrollIntoView({ block: "nearest" });
}
