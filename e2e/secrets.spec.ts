import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { ROOT } from "#scripts/settings";
import { signInAsGuest } from "./api.ts";
import { test } from "./fixtures.ts";
import { failWithKey, PARROT_MODEL, startParrot, taughtBy } from "./parrot.ts";
import { startDatabase, startServer } from "./servers.ts";

/** Every setting that is nobody's business, with a value that stands nowhere else. */
const SECRETS = Object.fromEntries(
  [
    "AUTH_SECRET",
    "OPENAI_API_KEY",
    "ANTHROPIC_API_KEY",
    "GOOGLE_GENERATIVE_AI_API_KEY",
    "OPENAI_COMPATIBLE_API_KEY",
    "OIDC_CLIENT_SECRET",
    "GITHUB_CLIENT_SECRET",
    "GOOGLE_CLIENT_SECRET",
  ].map((name) => [name, `secret-of-${name.toLowerCase().replaceAll("_", "-")}-0123456789`]),
);

test("no secret is told to anybody: in answers, on pages, in what is printed, in what browsers load", async () => {
  const parrot = await startParrot();
  const database = await startDatabase();
  const server = await startServer({
    databaseUrl: database.url,
    env: {
      ...SECRETS,
      ...taughtBy(parrot),
      OPENAI_BASE_URL: parrot.url,
      ANTHROPIC_BASE_URL: parrot.url,
      GOOGLE_GENERATIVE_AI_BASE_URL: parrot.url,
      // Nothing is there that could be asked.
      OIDC_ISSUER: "http://localhost:9",
      OIDC_CLIENT_ID: "rejoin",
      GITHUB_CLIENT_ID: "rejoin",
      GOOGLE_CLIENT_ID: "rejoin",
      NODE_ENV: "production",
    },
  });
  const password = new URL(database.url).password;
  const secrets = { ...SECRETS, "the database's password": password };
  expect(password).not.toBe("");

  const told: string[] = [];
  const api = await signInAsGuest(server.url);
  const hear = async (path: string, options: Parameters<typeof api.fetch>[1] = {}) => {
    const answer = await api.fetch(path, options);
    told.push(JSON.stringify([...answer.headers]), await answer.text());
    return answer;
  };
  const { id } = await api.create();
  for (const model of [
    PARROT_MODEL,
    "openai/gpt-secret",
    "anthropic/claude-secret",
    "google/gemini-secret",
    "openai-compatible/unknown",
  ]) {
    const prompt = { id: crypto.randomUUID(), text: failWithKey, model };
    await hear(`/api/conversations/${id}/messages`, { body: prompt, headers: { prefer: "wait=30" } });
  }
  expect(told.join("\n"), "a model failed, or nothing was tried").toContain("model-key-refused");
  await hear("/");
  await hear(`/conversations/${id}`);
  await hear("/settings");
  await hear("/sign-in");
  await hear("/nowhere");
  await hear("/api/health");
  await hear("/api/models");
  await hear(`/api/conversations/${id}`);
  await hear(`/api/conversations/${id}/events?until=idle`, { headers: { accept: "text/event-stream" } });
  await hear("/api/conversations", { body: "{", headers: { cookie: api.cookie ?? "" } });
  await hear("/api/conversations", { headers: { authorization: "Bearer wrong" } });
  await hear("/api/auth/sign-in/email", {
    body: { email: "nobody@here.example", password: "wrong, all of it" },
  });
  await hear("/api/auth/get-session");
  await hear("/api/auth/callback/github?code=wrong&state=wrong");

  await database.restart(async () => {
    await hear("/api/health");
    await hear("/api/models");
    await hear("/");
  });
  await server.stop();
  await parrot.stop();
  await database.stop();

  const places = { answers: told.join("\n"), output: server.output(), ...browserFiles() };
  const leaks = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets).flatMap(([name, value]) => (text.includes(value) ? [`${name} in ${place}`] : [])),
  );
  expect(leaks).toEqual([]);
});

function browserFiles(): Record<string, string> {
  const folder = join(ROOT, ".next/static");
  const files = globSync("**/*", { cwd: folder, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(10);
  return Object.fromEntries(
    files.map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "latin1")]),
  );
}
