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
