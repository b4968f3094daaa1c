import Link from "next/link";
import { PageTitle } from "#components/workspace/page-title";
import { Header } from "./header.tsx";

/** The conversation was deleted while it was open. Whoever deletes it here is on the way elsewhere, and sees no words. */
export function Gone() {
  return (
    <div className="flex h-full flex-col">
      <PageTitle />
      <Header />
      <div className="flex flex-1 animate-appear-late flex-col items-center justify-center gap-3 px-6 pb-24 text-center">
        <p className="text-ink-soft text-base">This conversation was deleted.</p>
        <Link href="/" className="rounded-md font-medium text-accent underline-offset-4 hover:underline">
          New conversation
        </Link>
      </div>
    </div>
  );
}
