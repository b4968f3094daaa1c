import Ajv, { type ValidateFunction } from "ajv/dist/2020.js";
import { type FailureCode, failures } from "#lib/errors";
import { type ApiDocument, describeApi } from "#lib/http/openapi";
import type { Frame } from "./frames.ts";

// Everything that the server answers to tests is held against its own description, to the last field.

/** The server said what its description does not say. */
export class BrokenContract extends Error {
  override readonly name = "BrokenContract";
}

export type Asked = { method: string; path: string };
type Told = { status: number; headers: Headers };

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const EVENTS = "text/event-stream";
const PROBLEM = "application/problem+json";
/** What is said at every address where there is nothing. */
const NOWHERE = "#/components/schemas/Problem";

/** Readers let events pass that they do not know. The server must know what it says, so here none is of a later one. */
const api: ApiDocument = JSON.parse(JSON.stringify(describeApi({ version: "any" })), (_, value) =>
  Array.isArray(value) ? value.filter((schema) => !schema?.properties?.type?.not) : value,
);
const ajv = new Ajv({ strict: false, formats: { uuid: UUID, "date-time": TIME, email: true } });
ajv.addSchema(api, "api");

const places = Object.entries(api.paths ?? {}).map(([path, methods]) => ({
  path,
  methods: Object.keys(methods),
  pattern: new RegExp(`^${path.replaceAll(".", "\\.").replace(/\{\w+\}/g, "[^/]+")}$`),
}));

/** That an answer is one of those described, as far as it is known before it is read. Pages are no part of it. */
export function checkHead(asked: Asked, told: Told): void {
  contentOf(asked, told);
}

/** That an answer, read to its end, says what the description says and nothing beside it. */
export function checkAnswer(asked: Asked, { body, ...told }: Told & { body: unknown }): void {
  const content = contentOf(asked, told);
  if (content === undefined) return;
  if (content === "") {
    if (body !== "") throw broken(asked, told, `is not empty: ${JSON.stringify(body)}`);
    return;
  }
  if (mediaTypeOf(told) === EVENTS) return;
  mustBe(asked, told, content, body);
  if (mediaTypeOf(told) === PROBLEM)
    mustBeProblem(asked, told, body as { status: number; code: FailureCode });
}

/** That a frame of an event stream is one of those described. */
export function checkFrame(asked: Asked, told: Told, frame: Frame): void {
  const content = contentOf(asked, told);
  if (content && frame.kind === "control") mustBe(asked, told, content, frame.data);
  if (content && frame.kind === "entry") {
    const { kind, id, text, ...entry } = frame;
    mustBe(asked, told, content, entry);
  }
}

/** Where in the document the content of an answer is described; empty if it has none, undefined if nothing is said. */
function contentOf(asked: Asked, told: Told): string | undefined {
  const path = asked.path.replace(/\?.*/s, "");
  if (!/^\/api(\/|$)/.test(path)) return undefined;
  const place = places.find(({ pattern }) => pattern.test(path));
  if (!place) {
    // Better-auth has more addresses than are described.
    if (path.startsWith("/api/auth/")) return undefined;
    if (told.status !== 404) throw broken(asked, told, "comes from an address that is not described");
    return NOWHERE;
  }
  const method = asked.method.toLowerCase();
  if (!place.methods.includes(method)) throw broken(asked, told, "comes to a method that is not described");
  const responses = api.paths?.[place.path]?.[method as "get"]?.responses ?? {};
  const status = responses[told.status] ? String(told.status) : "default";
  if (status === "default" && told.status < 400)
    throw broken(asked, told, "has a status that is not described");
  const media = Object.keys(responses[status].content ?? {});
  const mediaType = mediaTypeOf(told);
  if (media.length === 0 && mediaType === "") return "";
  if (!media.includes(mediaType)) throw broken(asked, told, `is ${mediaType || "nothing"}, not ${media}`);
  return `#${["paths", place.path, method, "responses", status, "content", mediaType, "schema"]
    .map(inPointer)
    .map((name) => `/${name}`)
    .join("")}`;
}

const inPointer = (name: string) => encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));

const mediaTypeOf = ({ headers }: Told) => headers.get("content-type")?.split(";")[0] ?? "";

function mustBe(asked: Asked, told: Told, schema: string, value: unknown): void {
  const isValid: ValidateFunction | undefined = ajv.getSchema(`api${schema}`);
  if (!isValid) throw new Error(`there is no schema at ${schema}`);
  if (isValid(value)) return;
  const errors = ajv.errorsText(isValid.errors, { dataVar: "it", separator: "\n  " });
  throw broken(asked, told, `says ${JSON.stringify(value).slice(0, 2000)}, where\n  ${errors}`);
}

function mustBeProblem(
  asked: Asked,
  told: Told,
  { status, code }: { status: number; code: FailureCode },
): void {
  if (status === told.status && failures[code].status === told.status) return;
  throw broken(asked, told, `has a problem of another status: ${code}, ${status}`);
}

function broken({ method, path }: Asked, { status }: Told, what: string): BrokenContract {
  return new BrokenContract(`the ${status} to ${method} ${path} ${what}`);
}
