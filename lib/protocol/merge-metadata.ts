type Fields = Record<string, unknown>;

const PROTOTYPE_KEYS = ["__proto__", "constructor", "prototype"];

/**
 * What a message says of itself, and more of it: objects are merged at every depth, all else is replaced.
 * The AI SDK's rule, except where one of the two is no object at all: then the newer one stands as it is.
 */
export function mergeMetadata(base: unknown, more: unknown): unknown {
  if (!isFields(base) || !isFields(more)) return more;
  const merged: Fields = { ...base };
  for (const [key, value] of Object.entries(more)) {
    if (value === undefined || PROTOTYPE_KEYS.includes(key)) continue;
    merged[key] = mergeMetadata(Object.hasOwn(base, key) ? base[key] : undefined, value);
  }
  return merged;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
