/** Where a composer's things are kept whose conversation the server does not know: where the next page looks for them. */
const NEW = "new";

export type Begun = ReturnType<typeof createBegun>;

/** Which conversations have only begun here. What is written for them is kept under one name, until they are there. */
export function createBegun() {
  const begun = new Set<string>();
  return {
    nameOf: (conversationId: string) => (begun.has(conversationId) ? NEW : conversationId),
    has: (conversationId: string) => begun.has(conversationId),
    add: (conversationId: string) => void begun.add(conversationId),
    remove: (conversationId: string) => void begun.delete(conversationId),
  };
}
