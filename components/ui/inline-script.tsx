"use client";

import { useNonce } from "./nonce.tsx";

/**
 * A script that runs while the page is being read, before what stands above it is painted. Elsewhere than in a
 * page from the server it does nothing, and is told so, or React would warn of it.
 */
export function InlineScript({ code }: { code: string }) {
  const nonce = useNonce();
  return (
    // The browser hides the nonce from whoever reads the page, so React finds it missing.
    <script
      type={typeof window === "undefined" ? "text/javascript" : "text/plain"}
      nonce={nonce}
      suppressHydrationWarning
    >
      {code}
    </script>
  );
}
