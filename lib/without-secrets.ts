import { inspect } from "node:util";
import type { Settings } from "#lib/env";

/** Shorter ones would be found in ordinary words. */
const SECRET_MIN_LENGTH = 6;

/** An error as the operator may read it. There are providers that repeat the key which they refuse. */
export function withoutSecrets(error: unknown, settings: Settings): string {
  const text = typeof error === "string" ? error : inspect(error);
  return secretsIn(settings).reduce((told, secret) => told.replaceAll(secret, "[secret]"), text);
}

function secretsIn(settings: Settings): string[] {
  return Object.entries(settings)
    .flatMap(([name, value]) => {
      if (typeof value !== "string") return [];
      if (/_(KEY|SECRET)$/.test(name)) return [value];
      const password = URL.parse(value)?.password ?? "";
      return [password, decodeURIComponent(password)];
    })
    .filter((secret) => secret.length >= SECRET_MIN_LENGTH);
}
