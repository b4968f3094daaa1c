import Link from "next/link";
import { Mark } from "#components/brand/mark";
import { Button } from "#components/ui/button";

type PlainProps = { title: string; detail: string; onRetry?: () => void };

/** A page that has only something to say. */
export function Plain({ title, detail, onRetry }: PlainProps) {
  return (
    <div className="flex h-full min-h-dvh flex-col items-center justify-center gap-2 px-6 pb-24 text-center">
      <title>{`${title} · Rejoin`}</title>
      <Mark apart className="mb-3 size-10" />
      <h1 className="text-balance font-semibold text-xl tracking-[-0.01em]">{title}</h1>
      <p className="text-ink-soft text-base">{detail}</p>
      <div className="mt-4 flex items-center gap-4">
        {onRetry && (
          <Button look="accent" onClick={onRetry}>
            Try again
          </Button>
        )}
        <Link href="/" className="rounded-md font-medium text-accent underline-offset-4 hover:underline">
          New conversation
        </Link>
      </div>
    </div>
  );
}
