/** The longest that an invocation may last there on every plan. `vercel.json` asks for it. */
const LIMIT_MS = 300_000;

type Environment = Record<string, string | undefined>;

/**
 * What Vercel says of itself and of its databases, by the names of our settings. What is set stays, and elsewhere
 * everything does.
 */
export function onVercel(given: Environment): Environment {
  if (!given.VERCEL) return given;
  const host =
    given.VERCEL_ENV === "production"
      ? given.VERCEL_PROJECT_PRODUCTION_URL
      : (given.VERCEL_BRANCH_URL ?? given.VERCEL_URL);
  const said = {
    DATABASE_URL: given.POSTGRES_URL,
    DATABASE_URL_DIRECT: given.DATABASE_URL_UNPOOLED || given.POSTGRES_URL_NON_POOLING,
    APP_URL: host && `https://${host}`,
    GUESTS: "off",
    FUNCTION_LIMIT_MS: String(LIMIT_MS),
  };
  const set = Object.entries(given).filter(([, value]) => value !== "" && value !== undefined);
  return { ...said, ...Object.fromEntries(set) };
}
