import { expect, test } from "vitest";
import { parseSettings } from "./env.ts";
import { withoutSecrets } from "./without-secrets.ts";

test("no secret of the settings stands in what is printed of an error, however deep", () => {
  const settings = parseSettings({
    OPENAI_API_KEY: "sk-0123456789",
    DATABASE_URL: "postgres://me:pass%2Fword@localhost/rejoin",
  });
  const cause = new Error("Incorrect API key provided: sk-0123456789, at pass/word and pass%2Fword");
  const told = withoutSecrets(new Error("It failed.", { cause }), settings);
  expect(told).toContain("It failed.");
  expect(told).toContain("Incorrect API key provided: [secret], at [secret] and [secret]");
});
