/** Chromium as a test wants it: nothing in the background asks the network, and root may start it. */
export function chromiumFlags(): string[] {
  const isRoot = process.getuid?.() === 0;
  return [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    ...(isRoot ? ["--no-sandbox"] : []),
  ];
}
