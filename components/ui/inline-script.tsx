/**
 * A script that runs while the page is being read, before what stands above it is painted. Elsewhere than in a
 * page from the server it does nothing, and is told so, or React would warn of it.
 */
export function InlineScript({ code }: { code: string }) {
  return (
    <script type={typeof window === "undefined" ? "text/javascript" : "text/plain"} suppressHydrationWarning>
      {code}
    </script>
  );
}
