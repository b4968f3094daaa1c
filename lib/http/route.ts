import type { z } from "zod";
import { type Asker, mustBeAdmin, whoAsks } from "#lib/accounts/who";
import { Failure } from "#lib/errors";
import { type Server, server } from "#lib/server";
import { mustBeOwnOrigin } from "./origin.ts";
import { problemResponse } from "./problem.ts";
import { readBody } from "./read-body.ts";

type Schema = z.ZodType;
type Parsed<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined;

type Ask<Params, Query, Body> = {
  request: Request;
  server: Server;
  /** Who asks. */
  accountId: string;
  asker: Asker;
  params: Params;
  query: Query;
  body: Body;
};

type Context = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route of ours: finds out who asks, parses what they say, calls the one verb, and translates its failure. */
export function route<
  Params extends Schema | undefined = undefined,
  Query extends Schema | undefined = undefined,
  Body extends Schema | undefined = undefined,
>(
  schemas: {
    params?: Params;
    query?: Query;
    body?: Body;
    /**
     * Absent: whoever speaks for an account. An API key must not make others, or sign people out. What is the admin's
     * is not there for anybody else.
     */
    by?: "device" | "admin";
  },
  answer: (ask: Ask<Parsed<Params>, Parsed<Query>, Parsed<Body>>) => Promise<Response>,
) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      const asker = await whoAsks(server(), request);
      if (request.method !== "GET" && asker.by.kind === "device") mustBeOwnOrigin(request);
      if (schemas.by === "admin") await mustBeAdmin(server().database, asker);
      if (schemas.by === "device" && asker.by.kind !== "device") {
        throw new Failure("not-allowed", "An API key may not do this. Sign in on the page to do it.");
      }
      return await answer({
        request,
        server: server(),
        accountId: asker.accountId,
        asker,
        params: parse(schemas.params, await context.params, "not-found") as Parsed<Params>,
        query: parse(schemas.query, queryOf(request), "invalid-request") as Parsed<Query>,
        body: (schemas.body &&
          parse(schemas.body, await readBody(request), "invalid-request")) as Parsed<Body>,
      });
    } catch (error) {
      return problemResponse(error);
    }
  };
}

/** The same for an address that anybody may ask. */
export function openRoute(answer: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    try {
      return await answer(request);
    } catch (error) {
      return problemResponse(error);
    }
  };
}

/** A name may be given once, or several times where the schema takes a list. */
function queryOf(request: Request): Record<string, string | string[]> {
  const { searchParams } = new URL(request.url);
  return Object.fromEntries(
    [...new Set(searchParams.keys())].map((name) => {
      const values = searchParams.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}

function parse(schema: Schema | undefined, value: unknown, code: "not-found" | "invalid-request"): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw new Failure(
    code,
    code === "not-found" ? "There is nothing at this address." : `${wrong.join("; ")}.`,
  );
}
