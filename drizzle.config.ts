import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./drizzle/accounts.ts", "./drizzle/schema.ts"],
  out: "./drizzle/migrations",
});
