const PREFIX = "message-";

/** What a message is called within its page. */
export const elementIdOf = (messageId: string): string => `${PREFIX}${messageId}`;

/** The part of an address that names it there. */
export const hashOf = (messageId: string): string => `#${elementIdOf(messageId)}`;

/** The message that the address of the page names. */
export const namedIn = ({ hash }: Location): string | undefined =>
  hash.startsWith(hashOf("")) ? hash.slice(hashOf("").length) || undefined : undefined;
