import Ajv from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { failures } from "#lib/errors";
import { operations } from "#lib/protocol/operations";
import { describeApi } from "./openapi.ts";

const api = describeApi({ version: "1.2.3" });

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Found = { pointer: string; name: string; value: Json };

/** Everything in the document, with where it is. */
function* within(value: Json, pointer = "#"): Generator<Found> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const place = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    yield { pointer: place, name, value: inner };
    yield* within(inner, place);
  }
}

const found = [...within(JSON.parse(JSON.stringify(api)))];

test("it says what it is", () => {
  expect(api).toMatchObject({ openapi: "3.1.1", info: { title: "Rejoin", version: "1.2.3" } });
  expect(Object.keys(api.components?.securitySchemes ?? {})).toEqual(["cookie", "apiKey"]);
});

test.each(Object.entries(operations))("%s is in it, with all that it takes", (name, operation) => {
  const { path, method, summary } = operation;
  const told = api.paths?.[path]?.[method.toLowerCase() as "get"];
  expect(told).toMatchObject({ operationId: name, summary });
  const parameters = (told?.parameters ?? []).map((parameter) => ("in" in parameter ? parameter : undefined));
  const inPath = parameters.filter((parameter) => parameter?.in === "path");
  expect(inPath.map((parameter) => parameter?.name)).toEqual(namesIn(path));
  for (const parameter of inPath) expect(parameter?.required).toBe(true);
  expect(Object.keys(told?.responses ?? {})).toEqual([...Object.keys(operation.answers), "default"]);
  const anybody = operation.by === "anybody";
  expect(told?.security?.some((scheme) => "apiKey" in scheme)).toBe(operation.by === "account");
  expect(told?.security?.some((scheme) => "cookie" in scheme)).toBe(!anybody);
});

test("nothing else is in it", () => {
  const told = Object.values(api.paths ?? {}).flatMap((methods) => Object.keys(methods));
  expect(told).toHaveLength(Object.keys(operations).length);
});

test("every reference leads somewhere", () => {
  const places = new Set(found.map(({ pointer }) => pointer));
  const references = found.filter(({ name }) => name === "$ref").map(({ value }) => value);
  expect(references.length).toBeGreaterThan(0);
  expect(references.filter((reference) => !places.has(String(reference)))).toEqual([]);
});

test("every schema is JSON Schema of 2020-12", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(api, "api");
  const schemas = found.filter(
    ({ name, pointer }) => name === "schema" || /^#\/components\/schemas\/[^/]+$/.test(pointer),
  );
  expect(schemas.length).toBeGreaterThan(Object.keys(operations).length);
  for (const { pointer, value } of schemas) {
    expect(ajv.validateSchema(value as object), pointer).toBe(true);
    expect(ajv.getSchema(`api${pointer}`), pointer).toBeDefined();
  }
});

test("a problem has one of the codes that there are", () => {
  expect(api.components?.schemas?.Problem).toMatchObject({
    properties: { code: { type: "string", enum: Object.keys(failures) } },
  });
});

test("the server's own answers are told to the last field, and what the AI SDK makes is left open", () => {
  const ajv = new Ajv({ strict: false, validateFormats: false });
  ajv.addSchema(api, "api");
  const isConversationEvent = ajv.getSchema("api#/components/schemas/ConversationEvent");
  const generationId = "0";
  const chunks = [{ type: "data-of-later", data: 1 }];
  expect(isConversationEvent?.({ type: "chunk", generationId, chunks })).toBe(true);
  expect(isConversationEvent?.({ type: "chunk", generationId, chunks, more: 1 })).toBe(false);
  const isEntry = ajv.getSchema("api#/components/schemas/Entry");
  const entry = (event: object) => ({ first: 1, sequence: 1, event });
  expect(isEntry?.(entry({ type: "of-later", more: 1 })), "a type of a later server").toBe(true);
  expect(isEntry?.(entry({ type: "chunk", generationId, chunks, more: 1 }))).toBe(false);
});

const namesIn = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
