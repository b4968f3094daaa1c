/** By which an invocation is known to the platform and to its instance. */
export const INVOCATION_HEADER = "x-invocation";
