import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Checked by `npm run check`, with the tests and scripts in the same pass.
  typescript: { ignoreBuildErrors: true },
  // Loaded once from node_modules. Otherwise each route has a copy of its own, which a starting process compiles and keeps.
  serverExternalPackages: [
    "@ai-sdk/anthropic",
    "@ai-sdk/google",
    "@ai-sdk/openai",
    "@ai-sdk/openai-compatible",
    "@ai-sdk/provider",
    "ai",
    "drizzle-orm",
    "postgres",
    "zod",
  ],
};

export default config;
