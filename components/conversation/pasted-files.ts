import type { ClipboardEvent } from "react";

/** The files that are pasted. A text that brings a picture of itself along, as office programs give it, is a text. */
export function pastedFiles({ clipboardData }: ClipboardEvent): File[] {
  const isText = clipboardData.types.includes("text/plain") && clipboardData.types.includes("text/html");
  return isText ? [] : [...clipboardData.files];
}
