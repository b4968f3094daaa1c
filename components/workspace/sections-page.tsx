import type { ReactNode } from "react";
import { Header } from "#components/conversation/header";
import { PageTitle } from "./page-title.tsx";

/** A page that is no conversation: its sections, one below the other. */
export function SectionsPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex h-full flex-col">
      <PageTitle name={title} />
      <Header title={title} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-column space-y-10 px-4 pt-4 pb-[max(4rem,env(safe-area-inset-bottom))] md:px-6">
          {children}
        </div>
      </div>
    </div>
  );
}
