import { expect } from "@playwright/test";
import type { FailureCode } from "#lib/errors";
import type { Problem } from "#lib/protocol/api";
import type { Answer } from "./api.ts";

/** A refusal as RFC 9457 has it: whoever sent the request reads what to do, a program reads `code`. */
export function expectProblem({ status, headers, body }: Answer<Problem>, code: FailureCode, wanted: number) {
  expect({ status, code: body.code }).toEqual({ status: wanted, code });
  expect(headers.get("content-type")).toMatch(/^application\/problem\+json(;|$)/);
  expect(Object.keys(body).sort()).toEqual(["code", "detail", "status", "title", "type"]);
  expect(body.status).toBe(wanted);
  expect(body.type).toBeTruthy();
  expect(body.title).toBeTruthy();
  expect(body.detail).toMatch(/\.$/);
}
