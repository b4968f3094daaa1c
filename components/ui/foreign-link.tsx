import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";

type ForeignLinkProps = { href: string; children: ReactNode; className?: string };

/**
 * A link out of here. It is marked, and says where it leads, which its words may lie about. It opens beside, and
 * the other side learns neither where it was found nor gets a hand on this page.
 */
export function ForeignLink({ href, children, className }: ForeignLinkProps) {
  return (
    <a
      href={href}
      title={URL.parse(href)?.host || href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className={className}
    >
      {children}
      <ExternalLink className="ml-[0.2em] inline size-[0.75em] shrink-0 align-baseline opacity-70" />
    </a>
  );
}
