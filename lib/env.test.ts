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
