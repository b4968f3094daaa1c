import Link from "next/link";
import { Header } from "./header.tsx";

/** The conversation was deleted, here or elsewhere, while it was open. */
export function Gone() {
  return (
    <div className="flex h-full flex-col">
      <title>Rejoin</title>
      <Header />
      <div className="flex flex-1 flex-col items-center justify-center gap-3 px-6 pb-24 text-center">
        <p className="text-ink-soft text-base">This conversation was deleted.</p>
        <Link href="/" className="rounded-md font-medium text-accent underline-offset-4 hover:underline">
          New conversation
        </Link>
      </div>
    </div>
  );
}
