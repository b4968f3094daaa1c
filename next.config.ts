import type { NextConfig } from "next";

/**
 * What every answer says, whatever it is. Nothing of an answer that is no page runs, loads or is framed; the policy
 * of a page comes from `proxy.ts` and takes the place of this one.
 */
const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "X-Content-Type-Options": "nosniff",
  // An address here names a conversation, and is nobody's business elsewhere.
  "Referrer-Policy": "no-referrer",
  "X-Frame-Options": "DENY",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

const config: NextConfig = {
  poweredByHeader: false,
  headers: async () => [
    { source: "/:path*", headers: Object.entries(HEADERS).map(([key, value]) => ({ key, value })) },
  ],
  // Checked by `npm run check`, with the tests and scripts in the same pass.
  typescript: { ignoreBuildErrors: true },
  // Loaded once from node_modules. Otherwise each route has a copy of its own, which a starting process compiles and keeps.
  // Not the providers' packages: one cannot be loaded before `lib/models/unset-empty.ts`, and these come before all else.
  serverExternalPackages: ["@ai-sdk/mcp", "ai", "better-auth", "drizzle-orm", "postgres", "zod"],
};

export default config;
