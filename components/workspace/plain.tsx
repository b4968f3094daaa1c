import Link from "next/link";
import type { ReactNode } from "react";
import { Mark } from "#components/brand/mark";
import { Button } from "#components/ui/button";
import { workspaceWords } from "#words/workspace";

type PlainProps = {
  title: string;
  detail: string;
  onRetry?: () => void;
  /** What stands above it, where there is a workspace around. */
  header?: ReactNode;
  /** What the browser's tab says; absent: the title. */
  tabTitle?: ReactNode;
};

/** A page that has only something to say, and the ways on from it. */
export function Plain({ title, detail, onRetry, header, tabTitle }: PlainProps) {
  return (
    <div className="flex h-full flex-col">
      {tabTitle ?? <title>{workspaceWords.title(title, false, 0)}</title>}
      {header}
      <div className="flex min-h-0 flex-1 flex-col items-center overflow-y-auto px-6 text-center">
        <div className="my-auto flex max-w-sm flex-col items-center gap-2 pt-6 pb-[max(6rem,env(safe-area-inset-bottom))]">
          <Mark apart className="mb-3 size-10" />
          <h1 className="text-balance font-semibold text-xl tracking-[-0.01em]">{title}</h1>
          <p className="text-pretty text-base text-ink-soft">{detail}</p>
          <div className="mt-4 flex flex-wrap items-center justify-center gap-x-4 gap-y-2">
            {onRetry && (
              <Button look="accent" onClick={onRetry}>
                {workspaceWords.tryAgain}
              </Button>
            )}
            <Link
              href="/"
              className="touch-target inline-flex h-9 items-center rounded-md font-medium text-accent underline-offset-4 hover:underline"
            >
              {workspaceWords.newConversation}
            </Link>
          </div>
        </div>
      </div>
    </div>
  );
}
