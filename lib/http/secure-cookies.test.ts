import { expect, test } from "vitest";
import { cameOverHttps } from "./secure-cookies.ts";

test("what stands in front of the server says that it was asked over https", () => {
  expect(cameOverHttps(new Headers({ "x-forwarded-proto": "https" }), undefined)).toBe(true);
  expect(cameOverHttps(new Headers({ "x-forwarded-proto": "https, http" }), undefined)).toBe(true);
  expect(cameOverHttps(new Headers({ "x-forwarded-proto": "http" }), undefined)).toBe(false);
});

test("who asks under an address that is https came over it", () => {
  expect(cameOverHttps(new Headers({ host: "chat.example" }), "https://chat.example")).toBe(true);
  expect(cameOverHttps(new Headers({ host: "chat.example" }), "http://chat.example")).toBe(false);
});

test("who asks the same server in their own network did not", () => {
  expect(cameOverHttps(new Headers({ host: "192.168.1.2:3000" }), "https://chat.example")).toBe(false);
});
