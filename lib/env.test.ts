import { expect, test } from "vitest";
import { parseSettings, unsetEmpty } from "./env.ts";

test("what is set to nothing is not set", () => {
  expect(parseSettings({ PORT: "", OPENAI_BASE_URL: "" })).toEqual(parseSettings({}));
});

test("nor is it for packages that read the environment themselves", () => {
  const environment = { OPENAI_BASE_URL: "", PORT: "3000" };
  unsetEmpty(environment);
  expect(environment).toEqual({ PORT: "3000" });
});

test("images come from origins, named as a policy can take them", () => {
  expect(parseSettings({}).IMAGE_ORIGINS).toEqual([]);
  const two = "https://images.example, https://cdn.example:8443";
  expect(parseSettings({ IMAGE_ORIGINS: two }).IMAGE_ORIGINS).toEqual(two.split(", "));
  for (const wrong of [
    "http://images.example",
    "https://images.example/",
    "https://*.example",
    "https://a;b",
    "*",
  ]) {
    expect(() => parseSettings({ IMAGE_ORIGINS: wrong })).toThrow(
      "Wrong setting: IMAGE_ORIGINS must be https origins separated by commas, as https://images.example",
    );
  }
});

test("of a database's address that is kept which our driver takes", () => {
  const address = (query: string) => `postgres://rejoin:password@database.example/rejoin?${query}`;
  const DATABASE_URL = address("sslmode=require&channel_binding=require&pgbouncer=true");
  expect(parseSettings({ DATABASE_URL }).DATABASE_URL).toBe(address("sslmode=require"));
});

test("pages are read of hosts", () => {
  expect(parseSettings({}).FETCH_HOSTS).toEqual([]);
  const FETCH_HOSTS = "en.wikipedia.org, *.Example.org, docs.example:8443";
  expect(parseSettings({ FETCH_HOSTS }).FETCH_HOSTS).toEqual([
    "en.wikipedia.org",
    "*.example.org",
    "docs.example:8443",
  ]);
  for (const wrong of ["https://example.org", "example.org/path", "*", "*.*.org", "a b", "[::1]"]) {
    expect(() => parseSettings({ FETCH_HOSTS: wrong })).toThrow("Wrong setting: FETCH_HOSTS must be hosts");
  }
});

test.each([
  [{ GITHUB_CLIENT_ID: "a" }, "GITHUB_CLIENT_SECRET must be set with GITHUB_CLIENT_ID"],
  [{ GOOGLE_CLIENT_SECRET: "a" }, "GOOGLE_CLIENT_ID must be set with GOOGLE_CLIENT_SECRET"],
  [
    { OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "a" },
    "OIDC_CLIENT_SECRET must be set with OIDC_ISSUER and OIDC_CLIENT_ID",
  ],
])("a sign-in provider is set whole or not at all: %j", (settings, sentence) => {
  expect(() => parseSettings(settings)).toThrow(`Wrong setting: ${sentence}.`);
});
