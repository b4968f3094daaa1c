import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Checked by `npm run check`, with the tests and scripts in the same pass.
  typescript: { ignoreBuildErrors: true },
  // Loaded once from node_modules. Otherwise each route has a copy of its own, which a starting process compiles and keeps.
  // Not the providers' packages: one cannot be loaded before `lib/models/unset-empty.ts`, and these come before all else.
  serverExternalPackages: ["ai", "better-auth", "drizzle-orm", "postgres", "zod"],
};

export default config;
