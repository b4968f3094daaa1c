"use client";

import { Plain } from "#components/workspace/plain";

export default function ErrorPage({ retry }: { retry: () => void }) {
  return (
    <Plain
      title="This page could not be shown"
      detail="Your conversations are safe, and answers go on being written."
      onRetry={retry}
    />
  );
}
