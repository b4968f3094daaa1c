"use client";

import { PageError } from "#components/workspace/page-error";

export default function RootError({ retry }: { retry: () => void }) {
  return (
    <main className="h-dvh">
      <PageError retry={retry} />
    </main>
  );
}
