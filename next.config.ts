import type { NextConfig } from "next";
import { PHASE_DEVELOPMENT_SERVER } from "next/constants.js";
import { DIAGRAM_FRAME, DIAGRAM_POLICY } from "./lib/http/diagram-frame.ts";

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

/** Its own policy holds a script that is a web worker, which loads the rest of itself. To a page's scripts it is nothing. */
const SCRIPT_POLICY = `${HEADERS["Content-Security-Policy"]}; script-src 'self'`;

/** The one answer that may be framed, by our own pages. What comes last counts. */
const DIAGRAM_HEADERS = { "Content-Security-Policy": DIAGRAM_POLICY, "X-Frame-Options": "SAMEORIGIN" };

const listed = (headers: Record<string, string>) =>
  Object.entries(headers).map(([key, value]) => ({ key, value }));

/** What is traced because it might be meant, and is not run by a server that only answers. */
const NEVER_RUN = [
  "node_modules/@img/**",
  "node_modules/sharp/**",
  "node_modules/next/dist/server/capsize-font-metrics.json",
];

const config: NextConfig = {
  poweredByHeader: false,
  // Beside the build, all of node_modules that it runs: `scripts/gather.ts` makes an image's content of it.
  output: "standalone",
  outputFileTracingExcludes: { "*": NEVER_RUN },
  // What is found by its path only while it runs: a function takes along what is traced for its own route, and no more.
  outputFileTracingIncludes: {
    "/diagram-frame/library": ["node_modules/mermaid/dist/mermaid.min.js"],
    "/api/**": [
      "package.json",
      "lib/models/tools/apart.ts",
      "lib/models/tools/calculator/calculat{e,e.worker,or}.ts",
      "node_modules/mathjs/package.json",
      "node_modules/mathjs/lib/browser/math.js",
    ],
  },
  // Pictures go out as they are. The address that would make others of them answers nothing, and keeps no place for them.
  images: { unoptimized: true, maximumDiskCacheSize: 0 },
  headers: async () => [
    { source: "/:path*", headers: listed(HEADERS) },
    {
      source: "/_next/static/chunks/:path*",
      headers: [{ key: "Content-Security-Policy", value: SCRIPT_POLICY }],
    },
    // Whoever has the link reads along. Nobody comes across it by searching.
    { source: "/share/:path*", headers: [{ key: "X-Robots-Tag", value: "noindex, nofollow" }] },
    // What somebody attached is opened, if at all, as if it came from nowhere.
    {
      source: "/api/(files|shares/[^/]+/files)/:path*",
      headers: [
        {
          key: "Content-Security-Policy",
          value: `${HEADERS["Content-Security-Policy"]}; sandbox`,
        },
      ],
    },
    { source: DIAGRAM_FRAME, headers: listed(DIAGRAM_HEADERS) },
  ],
  // Checked by `npm run check`, with the tests and scripts in the same pass.
  typescript: { ignoreBuildErrors: true },
  // Loaded once from node_modules. Otherwise each route has a copy of its own, which a starting process compiles and keeps.
  // Not the providers' packages: one cannot be loaded before `lib/models/unset-empty.ts`, and these come before all else.
  serverExternalPackages: [
    "@ai-sdk/mcp",
    "@ai-sdk/otel",
    "@opentelemetry/api",
    "@opentelemetry/sdk-node",
    "ai",
    "better-auth",
    "drizzle-orm",
    "pino",
    "postgres",
    "prom-client",
    "zod",
  ],
};

/** Each route has a bundle of its own, and where they run nothing reads their maps, which made a build four times as large. */
export default (phase: string): NextConfig => ({
  ...config,
  experimental: { turbopackSourceMaps: phase === PHASE_DEVELOPMENT_SERVER },
});
