import { ExternalLink } from "lucide-react";
import type { ComponentProps } from "react";

type ForeignLinkProps = ComponentProps<"a"> & {
  href: string;
  /** Whether a sign says that it leads out of here. */
  marked?: boolean;
};

/**
 * A link out of here. It says where it leads, which its words may lie about. It opens beside, and the other side learns
 * neither where it was found nor gets a hand on this page.
 */
export function ForeignLink({ href, marked = true, children, ...props }: ForeignLinkProps) {
  return (
    <a
      href={href}
      title={URL.parse(href)?.host || href}
      {...props}
      target="_blank"
      rel="noopener noreferrer nofollow"
    >
      {children}
      {marked && (
        <ExternalLink className="ml-[0.2em] inline size-[0.75em] shrink-0 align-baseline opacity-70" />
      )}
    </a>
  );
}
