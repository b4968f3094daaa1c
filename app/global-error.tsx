"use client";

import { PageError } from "#components/workspace/page-error";
import "./globals.css";

/** Where not even the frame of the pages could be drawn. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="h-dvh">
          <PageError retry={retry} />
        </main>
      </body>
    </html>
  );
}
