// `JSON.stringify` writes a NUL as \u0000 and half a surrogate pair as \ud800 to \udfff; whole pairs it leaves alone.
const SUSPECT = /\\u(?:0000|d[89a-f])/;
// An escaped backslash is matched first and whole, so that the six characters "\u0000" of a text that speaks of
// escapes are not taken for one.
const ESCAPES = /\\(?:\\|u(?:0000|d[89a-f][0-9a-f]{2}))/g;
const REPLACEMENT = "\ufffd";

/**
 * JSON text that Postgres stores and gives back. A NUL and half a surrogate pair are valid JSON that it refuses,
 * in values and in keys; both become U+FFFD, the character for what cannot be shown.
 */
export function encodeJson(value: unknown): string {
  const text = JSON.stringify(value) ?? "null";
  if (!SUSPECT.test(text)) return text;
  return text.replace(ESCAPES, (found) => (found === "\\\\" ? found : REPLACEMENT));
}

/** A value as it will come back from Postgres. It must be one that JSON can hold: a date comes back as text. */
export function storable<Value>(value: Value): Value {
  return JSON.parse(encodeJson(value));
}
