import { z } from "zod";
import { mcpServers } from "#lib/mcp-servers";
import { plainPostgresUrl } from "#lib/postgres-url";
import { onVercel } from "#lib/vercel";

const url = z.url({ protocol: /^https?$/, error: "must be an http(s) address" });
const postgresUrl = z
  .url({ protocol: /^postgres(ql)?$/, error: "must look like postgres://account:password@host:5432/name" })
  .transform(plainPostgresUrl);
const count = (fallback: number, minimum: number) =>
  z.coerce
    .number("must be a number")
    .int("must be a whole number")
    .min(minimum, `must be at least ${minimum}`)
    .default(fallback);
const limit = z.coerce
  .number("must be a number")
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(1_000_000_000, "must be at most 1000000000")
  .optional();
const choice = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, `must be ${values.join(" or ")}`);
const list = z.string().transform((text) =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);

/** Nothing that would say more than an origin where the page's policy lists them. */
const ORIGIN = /^https:\/\/[a-z0-9.-]+(:\d+)?$/;
const origins = list.refine(
  (items) => items.every((item) => ORIGIN.test(item) && URL.parse(item)?.origin === item),
  "must be https origins separated by commas, as https://images.example,https://cdn.example",
);

const HOST = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/;
const hosts = list
  .transform((items) => items.map((item) => item.toLowerCase()))
  .refine(
    (items) => items.every((item) => HOST.test(item)),
    "must be hosts separated by commas, as en.wikipedia.org,*.example.org",
  );

/** Each is of no use without the others. */
const TOGETHER = [
  ["GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET"],
  ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"],
] as const;

const fields = z.object({
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_URL_DIRECT: postgresUrl.optional(),
  DATA_DIR: z.string().default(".data"),
  PORT: count(3000, 0),
  APP_URL: url.optional(),
  AUTH_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
  SIGN_UP: choice("open", "closed").default("open"),
  /** Whether whoever comes may chat at once. Unset: on with a database of our own, else off. */
  GUESTS: choice("on", "off").optional(),

  PROMPTS_PER_MINUTE: count(60, 1),
  /** Unset: no limit. */
  PROMPTS_PER_DAY: limit,
  /** Unset: as for everybody. */
  GUEST_PROMPTS_PER_DAY: limit,
  /** Answers that an account has on their way at once, those that wait their turn included. */
  GENERATIONS_PER_ACCOUNT: count(20, 1),
  /** Of one process. */
  LINES_PER_ACCOUNT: count(100, 1),

  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  OIDC_ISSUER: url.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What its button says. */
  OIDC_NAME: z.string().default("single sign-on"),

  OPENAI_API_KEY: z.string().optional(),
  OPENAI_BASE_URL: url.optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  ANTHROPIC_BASE_URL: url.optional(),
  GOOGLE_GENERATIVE_AI_API_KEY: z.string().optional(),
  GOOGLE_GENERATIVE_AI_BASE_URL: url.optional(),
  OPENAI_COMPATIBLE_BASE_URL: url.optional(),
  OPENAI_COMPATIBLE_API_KEY: z.string().optional(),
  OPENAI_COMPATIBLE_MODELS: list.optional(),
  DEFAULT_MODEL: z.string().optional(),
  DEMO_MODEL: choice("on", "off").default("on"),
  /** The sites that a page may fetch images of an answer from without asking. */
  IMAGE_ORIGINS: origins.default([]),
  MODEL_SILENCE_MS: count(60_000, 100),
  /** Who names conversations and thinks of follow-up questions: a model's id, or `off`. Unset: the default model. */
  TITLE_MODEL: z.string().optional(),
  FOLLOW_UPS: choice("on", "off").default("on"),

  /** The sites that the model may read pages of. Unset: none, and there is no such tool. */
  FETCH_HOSTS: hosts.default([]),
  /** What else has tools for the model, as JSON: by name, `{ "url" }` or `{ "command" }`. */
  MCP_SERVERS: mcpServers.optional(),

  FILE_MAX_MB: count(10, 1),
  FILES_PER_ACCOUNT_MB: count(500, 1),

  /** Which installation this is, over restarts; the start script keeps it. Only one process has it at a time. */
  INSTANCE_ID: z
    .string()
    .regex(/^[^\s,]+$/, "must be one word, without a comma")
    .optional(),
  LEASE_TTL_MS: count(15_000, 1_000),
  SHUTDOWN_GRACE_MS: count(8_000, 0),
  LOG_RETENTION_HOURS: count(48, 1),
  /** A guest who has not been here for so long is deleted, with all that was theirs. */
  GUEST_RETENTION_DAYS: count(30, 1),
  /** Where the platform freezes processes between requests, and ends a request after so long. Unset: it does neither. */
  FUNCTION_LIMIT_MS: limit.refine((ms) => ms === undefined || ms >= 2_000, "must be at least 2000"),
  /** What whoever comes to sweep says. Unset: nobody may. */
  CRON_SECRET: z.string().min(16, "must be at least 16 characters").optional(),

  /** How much is told to the operator, and whether as sentences or as lines of JSON. */
  LOG_LEVEL: choice("debug", "info", "warn", "error").default("info"),
  LOG_FORMAT: choice("text", "json").default("text"),
  /** Whether `/api/metrics` is there. */
  METRICS: choice("on", "off").default("off"),
  /** Where traces go. OpenTelemetry's own package reads this, and the other variables that are its own. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
});

const settingsSchema = fields.superRefine((settings, context) => {
  for (const names of TOGETHER) {
    const missing = names.filter((name) => settings[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) continue;
    context.addIssue({
      code: "custom",
      path: [missing[0] ?? ""],
      message: `must be set with ${names.filter((name) => !missing.includes(name)).join(" and ")}`,
    });
  }
});

export type Settings = z.infer<typeof settingsSchema>;

/** Parses settings; throws one sentence that names what is wrong and says what is allowed. */
export function parseSettings(source: Record<string, string | undefined>): Settings {
  // A variable that is set to nothing is not set: that is how compose files and hosts write "unset".
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = settingsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new Error(`Wrong setting: ${wrong.join("; ")}.`);
}

/** Whether this is `npm run dev`. */
export const isDevelopment = (): boolean => process.env.NODE_ENV === "development";

let parsed: Settings | undefined;

/** The settings of this process, parsed once, when they are first asked for. */
export function env(): Settings {
  parsed ??= parseSettings(onVercel(process.env));
  return parsed;
}

/**
 * Takes what is set to nothing out of the environment. The providers' packages read some of it by themselves, and
 * one of them cannot even be loaded while its address is empty.
 */
export function unsetEmpty(environment: Record<string, string | undefined> = process.env): void {
  for (const [name, value] of Object.entries(environment)) if (value === "") delete environment[name];
}
