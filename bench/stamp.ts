/** A clock that all processes of a machine share and that nobody sets. */
export const nowNs = (): bigint => process.hrtime.bigint();

/** The moment at which a word was said, as a word: nanoseconds. A space ends it. */
export const stamp = (): string => `${nowNs()} `;

const NS_PER_MS = 1e6;

export const msBetween = (fromNs: bigint, toNs: bigint): number => Number(toNs - fromNs) / NS_PER_MS;
