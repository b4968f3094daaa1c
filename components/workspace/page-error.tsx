"use client";

import { Plain } from "./plain.tsx";

/** What stands in the place of a page that could not be drawn. */
export function PageError({ retry }: { retry: () => void }) {
  return (
    <Plain
      title="This page could not be shown"
      detail="Your conversations are safe, and answers go on being written."
      onRetry={retry}
    />
  );
}
