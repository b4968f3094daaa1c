/** The request header by which a page learns its nonce. Set by `proxy.ts`, whatever the browser sent under this name. */
export const NONCE_HEADER = "x-nonce";

type PagePolicy = {
  /** Unlike that of any other page, and not to be guessed. */
  nonce: string;
  /** Other sites that images may come from. */
  imageOrigins: readonly string[];
  /** Whether this is `npm run dev`, where React tells of errors by `eval` and styles come as the files change. */
  dev: boolean;
};

/**
 * What a page may load and run: our own, and nothing that an answer brings along. All is forbidden that is not named,
 * so what a page newly needs must be added here.
 */
export function pagePolicy({ nonce, imageOrigins, dev }: PagePolicy): string {
  const directives: Record<string, readonly string[]> = {
    "default-src": ["'none'"],
    // Scripts with the nonce, and those that they load. No address counts, not even ours.
    "script-src": [`'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    // No `style` attribute either, in what the server draws. In the browser React sets styles by script, which may.
    "style-src": ["'self'", dev ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "img-src": ["'self'", "data:", "blob:", ...imageOrigins],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    // Ours that draws diagrams, which is of no origin and under a policy of its own.
    "frame-src": ["'self'"],
    // The web worker that colours code.
    "worker-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(" ")}`)
    .join("; ");
}
