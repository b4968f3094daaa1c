import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SWEEP_PATH } from "#lib/awake/summon";
import { parseSettings } from "./env.ts";
import { onVercel } from "./vercel.ts";

const POOLED = "postgres://rejoin:password@pooled.example/rejoin";
const DIRECT = "postgres://rejoin:password@direct.example/rejoin";

test("what Vercel says of itself stands in for settings that are not set", () => {
  const said = {
    VERCEL: "1",
    VERCEL_ENV: "production",
    VERCEL_URL: "rejoin-a1b2.vercel.app",
    VERCEL_PROJECT_PRODUCTION_URL: "chat.example",
    POSTGRES_URL: POOLED,
    POSTGRES_URL_NON_POOLING: DIRECT,
    GUESTS: "",
  };
  expect(parseSettings(onVercel(said))).toMatchObject({
    DATABASE_URL: POOLED,
    DATABASE_URL_DIRECT: DIRECT,
    APP_URL: "https://chat.example",
    GUESTS: "off",
    FUNCTION_LIMIT_MS: 300_000,
  });
  expect(onVercel({ ...said, VERCEL_ENV: "preview" }).APP_URL).toBe("https://rejoin-a1b2.vercel.app");
  const set = { APP_URL: "https://other.example", DATABASE_URL: DIRECT, FUNCTION_LIMIT_MS: "800000" };
  expect(onVercel({ ...said, ...set })).toMatchObject(set);
});

test("elsewhere nothing of it counts", () => {
  expect(onVercel({ POSTGRES_URL: POOLED })).toEqual({ POSTGRES_URL: POOLED });
});

test("vercel.json asks for the time that the app reckons with, and sweeps where it can be swept", () => {
  const { functions, crons } = JSON.parse(readFileSync("vercel.json", "utf8"));
  const limitMs = Number(onVercel({ VERCEL: "1" }).FUNCTION_LIMIT_MS);
  expect(functions).toEqual({ "app/**/*": { maxDuration: limitMs / 1_000 } });
  expect(crons).toMatchObject([{ path: SWEEP_PATH }]);
});
