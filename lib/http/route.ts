import type { z } from "zod";
import { mustBeAdmin, whoAsks } from "#lib/accounts/who";
import type { Asker } from "#lib/asker";
import { Failure } from "#lib/errors";
import type { Operation } from "#lib/protocol/operation";
import { type Server, server } from "#lib/server";
import { keepAwake } from "./keep-awake.ts";
import { mustBeOwnOrigin } from "./origin.ts";
import { problemResponse } from "./problem.ts";
import { readBody } from "./read-body.ts";

type Schema = z.ZodType;
type Parsed<S> = S extends Schema ? z.output<S> : undefined;

type Known = {
  /** Who asks. */
  accountId: string;
  asker: Asker;
};

type Ask<O extends Operation> = {
  request: Request;
  server: Server;
  params: Parsed<O["params"]>;
  query: Parsed<O["query"]>;
  body: Parsed<O["body"]>;
} & (O["by"] extends "anybody" ? unknown : Known);

type Context = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route of ours: finds out who asks, parses what they say, calls the one verb, and translates its failure. */
export function route<O extends Operation>(operation: O, answer: (ask: Ask<O>) => Promise<Response>) {
  return openRoute(async (request, context: Context) => {
    const known = operation.by === "anybody" ? undefined : await mustBeKnown(request, operation.by);
    const { params, query, body } = operation;
    return answer({
      request,
      server: server(),
      ...known,
      params: parse(params, await context.params, "not-found"),
      query: parse(query, queryOf(request), "invalid-request"),
      body: body && parse(body, await readBody(request, operation.bodyMaxBytes), "invalid-request"),
    } as Ask<O>);
  });
}

async function mustBeKnown(request: Request, by: "account" | "device" | "admin"): Promise<Known> {
  const asker = await whoAsks(server(), request);
  if (request.method !== "GET" && asker.by.kind === "device") mustBeOwnOrigin(request);
  if (by === "admin") await mustBeAdmin(server().database, asker);
  if (by === "device" && asker.by.kind !== "device") {
    throw new Failure("not-allowed", "An API key may not do this. Sign in on the page to do it.");
  }
  return { accountId: asker.accountId, asker };
}

/** Answers whoever asks, in our words also when it fails. */
export function openRoute<C>(answer: (request: Request, context: C) => Promise<Response>) {
  return async (request: Request, context: C): Promise<Response> => {
    try {
      keepAwake();
      return await answer(request, context);
    } catch (error) {
      return problemResponse(error, server());
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
